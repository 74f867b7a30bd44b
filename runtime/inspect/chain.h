/* SPDX-License-Identifier: MIT */
/*
 * chain: a name with .fields and [literals] behind it, like `self.items[3]`: the expressions that
 * can be looked up without running code. Locals, upvalues and _ENV are found as Lua's scoping has
 * it; tables are accessed raw, and an __index that is itself a table is followed.
 */
#ifndef LUAHEAT_INSPECT_CHAIN_H
#define LUAHEAT_INSPECT_CHAIN_H

#include "value_path.h"

#include <stdbool.h>
#include <stddef.h>

struct stop;

/* frame: 0 for globals only. If it is such a chain: pushes what evaluating it would give, which may
   be nil, on the stopped thread's stack; *path is where that is (without meaning for nil). False,
   nothing pushed: it is not, or a function would have to run, or it is an error. */
bool chain_find(struct stop *stop, int frame, const char *expression, struct value_path *path);

/* One name or literal of a chain. */
struct chain_link {
    const char *text; /* of a string, in the expression; NULL: another key */
    size_t size;
    struct key key;
};

/* The links one after the other, from the beginning of the expression: the name that it starts
   with, then what follows. False: none is there; the chain is whole if *at has come to the end. */
bool chain_first(const char **at, struct chain_link *link);
bool chain_next(const char **at, struct chain_link *link);

#endif
