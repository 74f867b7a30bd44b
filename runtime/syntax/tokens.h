/* SPDX-License-Identifier: MIT */
/*
 * tokens: Lua's lexer, for text that the user looks at or types. It decides nothing that Lua's own
 * compiler could be asked: it is for what that does not tell. Like that it takes ASCII's letters
 * for letters, whatever locale the program has set.
 */
#ifndef LUAHEAT_SYNTAX_TOKENS_H
#define LUAHEAT_SYNTAX_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,
    TOKEN_KEYWORD,
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_SYMBOL,
    TOKEN_UNFINISHED, /* a string or a comment that the text ends in */
};

struct token {
    enum token_kind kind;
    const char *text; /* in the text given */
    size_t size;
    int line; /* where it ends, as Lua counts */
};

struct tokens {
    const char *at, *end;
    int line;
    bool ends_in_remark; /* the text does, in one that a line end would end */
};

/* Of a file: skips a byte order mark and a first line that starts with '#', as Lua does. */
void tokens_init(struct tokens *tokens, const char *text, size_t size);

/* Of code that is not from a file. */
void tokens_init_code(struct tokens *tokens, const char *text, size_t size);

struct token tokens_next(struct tokens *tokens);

/* Is it this keyword or symbol? */
bool token_is(const struct token *token, const char *word);

/* Lua's keywords, sorted; NULL at the end. */
extern const char *const tokens_keywords[];

#endif
