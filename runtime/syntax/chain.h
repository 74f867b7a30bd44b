/* SPDX-License-Identifier: MIT */
/*
 * chain: the grammar of the expressions that can be looked up without running code: a name with
 * .fields and [keys] behind it, like `self.items[-1]["a\n"][i]`. A key is a literal, or itself such
 * a chain; brackets around what begins the chain, comments and spaces are as in Lua.
 *
 * Its links are read one after the other. Nothing is allocated.
 */
#ifndef LUAHEAT_SYNTAX_CHAIN_H
#define LUAHEAT_SYNTAX_CHAIN_H

#include "tokens.h"

#include <stdbool.h>
#include <stddef.h>

enum chain_link_kind {
    CHAIN_NAME,
    CHAIN_STRING, /* a literal: chain_string */
    CHAIN_NUMBER, /* one of Lua's numerals */
    CHAIN_TRUE,
    CHAIN_FALSE,
    CHAIN_CODE, /* what else stands in the brackets: a chain, or something that is none */
};

struct chain_link {
    enum chain_link_kind kind;
    const char *text; /* in the expression */
    size_t size;
    bool negative; /* of a number: there is a minus in front */
};

struct chain {
    struct tokens tokens;
    struct token token; /* the next one */
    int open;           /* brackets around what has been read */
    bool broken;        /* a link was begun that is none */
};

/* The name that the text begins with. False: it does not. */
bool chain_first(struct chain *chain, const char *text, size_t size, struct chain_link *name);

/* What follows. False: nothing that belongs to a chain. */
bool chain_next(struct chain *chain, struct chain_link *link);

/* Has all of the text been read? */
bool chain_ends(const struct chain *chain);

/* The bytes that a string's literal stands for, which are never more than it has itself; how many.
   `bytes` may be NULL. */
size_t chain_string(const struct chain_link *link, char *bytes);

#endif
