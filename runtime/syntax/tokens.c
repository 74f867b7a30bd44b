/* SPDX-License-Identifier: MIT */
#include "tokens.h"

#include "text.h"

#include <string.h>

const char *const tokens_keywords[] = {"and",   "break", "do",       "else",  "elseif", "end",
                                       "false", "for",   "function", "goto",  "if",     "in",
                                       "local", "nil",   "not",      "or",    "repeat", "return",
                                       "then",  "true",  "until",    "while", NULL};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char peek(const struct tokens *tokens, size_t ahead) {
    if ((size_t)(tokens->end - tokens->at) > ahead)
        return tokens->at[ahead];
    return '\0';
}

/* "\r\n" and "\n\r" are one line end. */
static void step(struct tokens *tokens) {
    char c = *tokens->at++;
    if (c != '\n' && c != '\r')
        return;
    char next = peek(tokens, 0);
    if ((next == '\n' || next == '\r') && next != c)
        tokens->at++;
    tokens->line++;
}

void tokens_init_code(struct tokens *tokens, const char *text, size_t size) {
    *tokens = (struct tokens){text, text + size, 1, false};
}

void tokens_init(struct tokens *tokens, const char *text, size_t size) {
    tokens_init_code(tokens, text, size);
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        tokens->at += 3;
    if (peek(tokens, 0) == '#')
        while (tokens->at < tokens->end && *tokens->at != '\n')
            tokens->at++;
}

/* At "[[", "[=[" and so on: how many "=". -1 if it is none of them. */
static int long_level(const struct tokens *tokens) {
    int level = 0;
    while (peek(tokens, (size_t)level + 1) == '=')
        level++;
    return peek(tokens, 0) == '[' && peek(tokens, (size_t)level + 1) == '[' ? level : -1;
}

static bool ends_long(const struct tokens *tokens, int level) {
    if (peek(tokens, 0) != ']' || peek(tokens, (size_t)level + 1) != ']')
        return false;
    for (int i = 1; i <= level; i++)
        if (peek(tokens, (size_t)i) != '=')
            return false;
    return true;
}

/* To behind its end; false if that is missing. */
static bool skip_long(struct tokens *tokens, int level) {
    for (int i = 0; i < level + 2; i++)
        tokens->at++;
    while (tokens->at < tokens->end && !ends_long(tokens, level))
        step(tokens);
    if (tokens->at == tokens->end)
        return false;
    tokens->at += level + 2;
    return true;
}

static bool skip_comment(struct tokens *tokens) {
    tokens->at += 2;
    int level = long_level(tokens);
    if (level >= 0)
        return skip_long(tokens, level);
    while (tokens->at < tokens->end && *tokens->at != '\n' && *tokens->at != '\r')
        tokens->at++;
    tokens->ends_in_remark = tokens->at == tokens->end;
    return !tokens->ends_in_remark;
}

/* False: the text ends inside. */
static bool skip_space(struct tokens *tokens) {
    while (tokens->at < tokens->end) {
        if (peek(tokens, 0) == '-' && peek(tokens, 1) == '-') {
            if (!skip_comment(tokens))
                return false;
        } else if (is_space(*tokens->at)) {
            step(tokens);
        } else {
            break;
        }
    }
    return true;
}

/* Behind a backslash. */
static void skip_escape(struct tokens *tokens) {
    bool skips_space = peek(tokens, 0) == 'z';
    if (tokens->at < tokens->end)
        step(tokens);
    while (skips_space && tokens->at < tokens->end && is_space(*tokens->at))
        step(tokens);
}

static bool skip_string(struct tokens *tokens) {
    char quote = *tokens->at++;
    while (tokens->at < tokens->end && *tokens->at != quote) {
        bool escape = *tokens->at == '\\';
        if (!escape && (*tokens->at == '\n' || *tokens->at == '\r'))
            return true; /* Lua would refuse it: go on behind */
        step(tokens);
        if (escape)
            skip_escape(tokens);
    }
    if (tokens->at == tokens->end)
        return false;
    tokens->at++;
    return true;
}

static void skip_number(struct tokens *tokens) {
    bool hex = peek(tokens, 0) == '0' && (peek(tokens, 1) | 32) == 'x';
    char exponent = hex ? 'p' : 'e';
    while (text_in_name(peek(tokens, 0)) || peek(tokens, 0) == '.') {
        char c = *tokens->at++;
        if ((c | 32) == exponent && (peek(tokens, 0) == '+' || peek(tokens, 0) == '-'))
            tokens->at++;
    }
}

static void skip_symbol(struct tokens *tokens) {
    static const char *const longer[] = {
        "...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>", NULL};
    for (int i = 0; longer[i] != NULL; i++) {
        size_t size = strlen(longer[i]);
        if ((size_t)(tokens->end - tokens->at) >= size &&
            memcmp(tokens->at, longer[i], size) == 0) {
            tokens->at += size;
            return;
        }
    }
    tokens->at++;
}

static enum token_kind take_word(struct tokens *tokens) {
    const char *start = tokens->at;
    while (tokens->at < tokens->end && text_in_name(*tokens->at))
        tokens->at++;
    size_t size = (size_t)(tokens->at - start);
    for (int i = 0; tokens_keywords[i] != NULL; i++)
        if (strlen(tokens_keywords[i]) == size && memcmp(tokens_keywords[i], start, size) == 0)
            return TOKEN_KEYWORD;
    return TOKEN_NAME;
}

static enum token_kind take(struct tokens *tokens) {
    char c = *tokens->at;
    if (text_in_name(c) && !is_digit(c))
        return take_word(tokens);
    if (is_digit(c) || (c == '.' && is_digit(peek(tokens, 1)))) {
        skip_number(tokens);
        return TOKEN_NUMBER;
    }
    if (c == '"' || c == '\'')
        return skip_string(tokens) ? TOKEN_STRING : TOKEN_UNFINISHED;
    int level = long_level(tokens);
    if (level >= 0)
        return skip_long(tokens, level) ? TOKEN_STRING : TOKEN_UNFINISHED;
    skip_symbol(tokens);
    return TOKEN_SYMBOL;
}

struct token tokens_next(struct tokens *tokens) {
    if (!skip_space(tokens))
        return (struct token){TOKEN_UNFINISHED, tokens->end, 0, tokens->line};
    struct token token = {TOKEN_END, tokens->at, 0, tokens->line};
    if (tokens->at == tokens->end)
        return token;
    token.kind = take(tokens);
    token.size = (size_t)(tokens->at - token.text);
    token.line = tokens->line;
    return token;
}

bool token_is(const struct token *token, const char *word) {
    return (token->kind == TOKEN_KEYWORD || token->kind == TOKEN_SYMBOL) &&
           strlen(word) == token->size && memcmp(word, token->text, token->size) == 0;
}
