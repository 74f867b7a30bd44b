/* SPDX-License-Identifier: MIT */
#include "chain.h"

#include <stdint.h>
#include <string.h>

/* ---- what a string's literal stands for ---- */

struct literal {
    const char *at, *end; /* inside of the quotes */
    char *bytes;          /* NULL: they are only counted */
    size_t size;
    bool valid;
};

static void put(struct literal *literal, int byte) {
    if (literal->bytes != NULL)
        literal->bytes[literal->size] = (char)byte;
    literal->size++;
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/* "\r\n" and "\n\r" are one. */
static void skip_line_end(struct literal *literal) {
    char c = *literal->at++;
    if (literal->at < literal->end && is_line_end(*literal->at) && *literal->at != c)
        literal->at++;
}

/* -1: it is none. */
static int digit_of(char c, int base) {
    char low = (char)(c | 32);
    int digit = c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : 16;
    return digit < base ? digit : -1;
}

/* A number of at least `fewest` digits, at most `digits`. */
static uint32_t take_digits(struct literal *literal, int base, int fewest, int digits) {
    uint64_t number = 0;
    int taken = 0, digit;
    while (taken < digits && literal->at < literal->end &&
           (digit = digit_of(*literal->at, base)) >= 0) {
        number = number * (unsigned)base + (unsigned)digit;
        if (number > INT32_MAX)
            literal->valid = false;
        number &= INT32_MAX;
        literal->at++;
        taken++;
    }
    if (taken < fewest)
        literal->valid = false;
    return (uint32_t)number;
}

static void put_byte(struct literal *literal, uint32_t byte) {
    if (byte > 255)
        literal->valid = false;
    put(literal, (int)byte);
}

/* As Lua does it: up to six bytes. */
static void put_utf8(struct literal *literal, uint32_t code) {
    char bytes[6];
    int count = 0;
    uint32_t first = 0x3f; /* most that fits into the first byte */
    if (code < 0x80) {
        put(literal, (int)code);
        return;
    }
    do {
        bytes[count++] = (char)(0x80 | (code & 0x3f));
        code >>= 6;
        first >>= 1;
    } while (code > first);
    put(literal, (int)((~first << 1 | code) & 0xff));
    while (count > 0)
        put(literal, bytes[--count]);
}

/* Behind \u */
static void take_code_point(struct literal *literal) {
    if (literal->at == literal->end || *literal->at != '{') {
        literal->valid = false;
        return;
    }
    literal->at++;
    uint32_t code = take_digits(literal, 16, 1, INT32_MAX);
    if (literal->at == literal->end || *literal->at != '}')
        literal->valid = false;
    else
        literal->at++;
    put_utf8(literal, code);
}

static void skip_spaces(struct literal *literal) {
    while (literal->at < literal->end &&
           (*literal->at == ' ' || (*literal->at >= '\t' && *literal->at <= '\r')))
        literal->at++;
}

/* Behind a backslash, at a character. */
static void take_escape(struct literal *literal) {
    static const char names[] = "abfnrtv\\\"'", values[] = "\a\b\f\n\r\t\v\\\"'";
    char c = *literal->at;
    const char *name = c != '\0' ? strchr(names, c) : NULL;
    if (is_line_end(c)) {
        skip_line_end(literal);
        put(literal, '\n');
        return;
    }
    if (digit_of(c, 10) >= 0) {
        put_byte(literal, take_digits(literal, 10, 1, 3));
        return;
    }
    literal->at++;
    if (c == 'x')
        put_byte(literal, take_digits(literal, 16, 2, 2));
    else if (c == 'u')
        take_code_point(literal);
    else if (c == 'z')
        skip_spaces(literal);
    else if (name != NULL)
        put(literal, values[name - names]);
    else
        literal->valid = false;
}

static void take_quoted(struct literal *literal) {
    while (literal->at < literal->end && literal->valid) {
        char c = *literal->at;
        if (c == '\\' && literal->at + 1 < literal->end) {
            literal->at++;
            take_escape(literal);
        } else if (c == '\\' || is_line_end(c)) {
            literal->valid = false;
        } else {
            put(literal, c);
            literal->at++;
        }
    }
}

/* A line end at its beginning does not count. */
static void take_long(struct literal *literal) {
    if (literal->at < literal->end && is_line_end(*literal->at))
        skip_line_end(literal);
    while (literal->at < literal->end) {
        if (is_line_end(*literal->at)) {
            skip_line_end(literal);
            put(literal, '\n');
        } else {
            put(literal, *literal->at++);
        }
    }
}

/* How many characters are in front of what is inside, as many as behind. */
static size_t border_of(const char *text) {
    if (*text != '[')
        return 1;
    return strspn(text + 1, "=") + 2;
}

static struct literal read_literal(const struct chain_link *link, char *bytes) {
    size_t border = border_of(link->text);
    struct literal literal = {.bytes = bytes, .valid = false};
    if (link->size < 2 * border || (border == 1 && link->text[link->size - 1] != *link->text))
        return literal;
    literal =
        (struct literal){link->text + border, link->text + link->size - border, bytes, 0, true};
    if (*link->text == '[')
        take_long(&literal);
    else
        take_quoted(&literal);
    return literal;
}

size_t chain_string(const struct chain_link *link, char *bytes) {
    return read_literal(link, bytes).size;
}

/* ---- the links ---- */

static void take(struct chain *chain) {
    chain->token = tokens_next(&chain->tokens);
}

static bool accept(struct chain *chain, const char *symbol) {
    bool there = token_is(&chain->token, symbol);
    if (there)
        take(chain);
    return there;
}

static bool take_name(struct chain *chain, struct chain_link *link) {
    *link = (struct chain_link){CHAIN_NAME, chain->token.text, chain->token.size, false};
    bool there = chain->token.kind == TOKEN_NAME;
    if (there)
        take(chain);
    return there;
}

bool chain_first(struct chain *chain, const char *text, size_t size, struct chain_link *name) {
    *chain = (struct chain){.open = 0};
    tokens_init_code(&chain->tokens, text, size);
    take(chain);
    while (accept(chain, "("))
        chain->open++;
    return take_name(chain, name);
}

/* To the bracket that closes the one before. */
static bool take_inside(struct chain *chain, struct chain_link *link) {
    const char *start = chain->token.text, *end = start;
    int open = 0;
    while (open > 0 || !token_is(&chain->token, "]")) {
        if (chain->token.kind == TOKEN_END || chain->token.kind == TOKEN_UNFINISHED)
            return false;
        open += token_is(&chain->token, "[") - token_is(&chain->token, "]");
        end = chain->token.text + chain->token.size;
        take(chain);
    }
    *link = (struct chain_link){CHAIN_CODE, start, (size_t)(end - start), false};
    return end > start;
}

static enum chain_link_kind kind_of(const struct token *token) {
    if (token->kind == TOKEN_STRING)
        return CHAIN_STRING;
    if (token->kind == TOKEN_NUMBER)
        return CHAIN_NUMBER;
    return token_is(token, "true")    ? CHAIN_TRUE
           : token_is(token, "false") ? CHAIN_FALSE
                                      : CHAIN_CODE;
}

/* What is more than one token is no literal, but for a minus in front of a number. */
static bool take_key(struct chain *chain, struct chain_link *link) {
    struct tokens tokens = chain->tokens;
    struct token token = chain->token;
    bool negative = token_is(&token, "-");
    if (negative)
        token = tokens_next(&tokens);
    enum chain_link_kind kind = kind_of(&token);
    if (!take_inside(chain, link))
        return false;
    bool alone = token.text + token.size == link->text + link->size;
    if (!alone || (negative && kind != CHAIN_NUMBER))
        return true;
    *link = (struct chain_link){kind, token.text, token.size, negative};
    return kind != CHAIN_STRING || read_literal(link, NULL).valid;
}

bool chain_next(struct chain *chain, struct chain_link *link) {
    bool found = false;
    while (chain->open > 0 && accept(chain, ")"))
        chain->open--;
    if (accept(chain, "."))
        found = take_name(chain, link);
    else if (accept(chain, "["))
        found = take_key(chain, link) && accept(chain, "]");
    else
        return false;
    chain->broken = !found;
    return found;
}

bool chain_ends(const struct chain *chain) {
    bool end = chain->token.kind == TOKEN_END || chain->tokens.ends_in_remark;
    return end && chain->open == 0 && !chain->broken;
}
