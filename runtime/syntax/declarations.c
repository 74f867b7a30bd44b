/* SPDX-License-Identifier: MIT */
/*
 * Statements are told apart as Lua's parser does (lparser.c); of expressions only the ends and the
 * functions in them matter. A text that is not Lua leads to nonsense, but to an end.
 */
#include "declarations.h"

#include "tokens.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NESTED = 250 }; /* Lua allows 200 levels */

struct declaration {
    const char *name;
    size_t size;
    enum declaration_attribute attribute;
    const char *value; /* of `local name <const> = value`, else NULL */
    size_t value_size;
    bool exists; /* it has been found among the frame's locals */
};

struct parser {
    struct tokens tokens;
    struct token token; /* the next one, not yet taken */
    int last_line;      /* of the one taken last */
    const char *end;    /* of it, in the text */
    int nested;
    struct declaration *scope; /* in scope, oldest first */
    int count, room;
    int base; /* the first one of the function */
    int first_line;
    const struct declarations_function *wanted;
    struct declarations_names *names;
    struct declarations_constants *constants; /* wanted, unless NULL */
    bool of_upvalues;
    bool found;
    int distance;            /* of what was found, in lines */
    const struct uses *uses; /* wanted, unless NULL */
};

/* Of a variable that the text does not declare. */
struct uses {
    const char *name;
    void (*use)(void *data, const char *at);
    void *data;
};

static void function_body(struct parser *parser, int first_line, bool method);
static void block(struct parser *parser);

static void take(struct parser *parser) {
    parser->last_line = parser->token.line;
    parser->end = parser->token.text + parser->token.size;
    parser->token = tokens_next(&parser->tokens);
    if (parser->token.kind == TOKEN_UNFINISHED)
        parser->token.kind = TOKEN_END;
}

static bool at(const struct parser *parser, const char *word) {
    return token_is(&parser->token, word);
}

static bool accept(struct parser *parser, const char *word) {
    bool there = at(parser, word);
    if (there)
        take(parser);
    return there;
}

static void declare(struct parser *parser, struct token name,
                    enum declaration_attribute attribute) {
    if (parser->count == parser->room) {
        int room = parser->room * 2 + 64;
        struct declaration *scope = realloc(parser->scope, (size_t)room * sizeof *scope);
        if (scope == NULL)
            return;
        parser->scope = scope;
        parser->room = room;
    }
    parser->scope[parser->count++] =
        (struct declaration){.name = name.text, .size = name.size, .attribute = attribute};
}

static bool is_named(const struct declaration *declaration, const char *name) {
    return strlen(name) == declaration->size &&
           memcmp(name, declaration->name, declaration->size) == 0;
}

/* The first `names` of the frame's locals are the first declarations but for constants that do not
   exist. From the end, as the innermost are the surest. */
static bool match(struct parser *parser, int declarations, int names) {
    if (declarations == parser->base)
        return names == 0;
    struct declaration *last = &parser->scope[declarations - 1];
    last->exists = true;
    if (names > 0 && is_named(last, parser->names->names[names - 1]) &&
        match(parser, declarations - 1, names - 1)) {
        parser->names->attributes[names - 1] = last->attribute;
        return true;
    }
    last->exists = false;
    return last->attribute == DECLARATION_CONST && match(parser, declarations - 1, names);
}

static bool is_hidden(const struct parser *parser, int n) {
    const struct declaration *scope = parser->scope;
    for (int i = n + 1; i < parser->count; i++)
        if (scope[i].size == scope[n].size &&
            memcmp(scope[i].name, scope[n].name, scope[n].size) == 0)
            return true;
    return false;
}

static void collect_constants(const struct parser *parser) {
    struct declarations_constants *constants = parser->constants;
    constants->count = 0;
    for (int i = 0; i < parser->count && constants->count < DECLARATIONS_MOST; i++) {
        const struct declaration *one = &parser->scope[i];
        bool own = i >= parser->base;
        if (one->value != NULL && !(own && one->exists) && !is_hidden(parser, i))
            constants->list[constants->count++] = (struct declarations_constant){
                one->name, one->value, one->size, one->value_size, own};
    }
}

static int distance_to(int line, int first, int last) {
    if (line < first)
        return first - line;
    return line > last ? line - last : 0;
}

/* What is in scope now is so from line `first` to line `last`. */
static void visit(struct parser *parser, int first, int last) {
    int distance = distance_to(parser->wanted->line, first, last);
    if (parser->of_upvalues || parser->first_line != parser->wanted->first_line ||
        (parser->found && distance >= parser->distance) ||
        parser->count - parser->base > DECLARATIONS_MOST)
        return;
    if (match(parser, parser->count, parser->names->count)) {
        parser->found = true;
        parser->distance = distance;
        if (parser->constants != NULL)
            collect_constants(parser);
    }
}

/* What the names of the upvalues mean where the function is. */
static void find_upvalues(struct parser *parser) {
    struct declarations_names *upvalues = parser->names;
    for (int n = 0; n < upvalues->count; n++) {
        int i = parser->count;
        while (i > 0 && !is_named(&parser->scope[i - 1], upvalues->names[n]))
            i--;
        upvalues->attributes[n] = i > 0 ? parser->scope[i - 1].attribute : DECLARATION_PLAIN;
    }
    parser->found = true;
}

static bool is_operand(const struct token *token) {
    return token->kind == TOKEN_NAME || token->kind == TOKEN_NUMBER ||
           token->kind == TOKEN_STRING || token_is(token, "nil") || token_is(token, "true") ||
           token_is(token, "false") || token_is(token, "...");
}

/* Can it go on behind an operand? A comma and a = are taken for operators. */
static bool continues(const struct token *token) {
    static const char *const others[] = {"and", "or", NULL};
    static const char *const ends[] = {")", "]", "}", ";", "::", NULL};
    for (int i = 0; others[i] != NULL; i++)
        if (token_is(token, others[i]))
            return true;
    for (int i = 0; ends[i] != NULL; i++)
        if (token_is(token, ends[i]))
            return false;
    return token->kind == TOKEN_SYMBOL || token->kind == TOKEN_STRING;
}

static bool is_operator(const struct token *token) {
    return token->kind == TOKEN_SYMBOL || token_is(token, "and") || token_is(token, "or") ||
           token_is(token, "not");
}

static bool is_declared(const struct parser *parser, const char *name) {
    int i = parser->count;
    while (i > 0 && !is_named(&parser->scope[i - 1], name))
        i--;
    return i > 0;
}

/* The name that is the next token is that of a variable. */
static void note_use(struct parser *parser) {
    const struct uses *uses = parser->uses;
    const struct token *token = &parser->token;
    if (uses != NULL && strlen(uses->name) == token->size &&
        memcmp(uses->name, token->text, token->size) == 0 && !is_declared(parser, uses->name))
        uses->use(uses->data, token->text);
}

static struct token token_behind(const struct parser *parser) {
    struct tokens tokens = parser->tokens;
    return tokens_next(&tokens);
}

/* Is the name that is the next token no variable's but a field's? `last`: the one before it;
   in_table: directly in the braces of a constructor. */
static bool is_field(const struct parser *parser, const struct token *last, bool in_table) {
    if (token_is(last, ".") || token_is(last, ":"))
        return true;
    if (!in_table || !(token_is(last, "{") || token_is(last, ",") || token_is(last, ";")))
        return false;
    struct token behind = token_behind(parser);
    return token_is(&behind, "=");
}

/* One token of an expression, or a function. False if it is none. */
static bool expression_token(struct parser *parser, bool *operand) {
    if (at(parser, "function")) {
        take(parser);
        function_body(parser, parser->token.line, false);
        *operand = true;
        return true;
    }
    if (is_operand(&parser->token))
        *operand = true;
    else if (is_operator(&parser->token))
        *operand = false;
    else
        return false;
    take(parser);
    return true;
}

/* A list of them, or an assignment, or nothing. */
static void expressions(struct parser *parser) {
    bool operand = false;
    int brackets = 0;
    uint64_t braces = 0; /* which of the innermost brackets are, the lowest bit that one */
    struct token last = {TOKEN_END, NULL, 0, 0};
    while (parser->token.kind != TOKEN_END) {
        bool opens = at(parser, "(") || at(parser, "[") || at(parser, "{");
        bool closes = at(parser, ")") || at(parser, "]") || at(parser, "}");
        if (brackets == 0 && (closes || at(parser, ";") || at(parser, "::") ||
                              (operand && !continues(&parser->token))))
            return;
        struct token token = parser->token;
        if (token.kind == TOKEN_NAME && !is_field(parser, &last, braces & 1))
            note_use(parser);
        if (!expression_token(parser, &operand))
            return;
        if (opens)
            braces = braces << 1 | token_is(&token, "{");
        braces >>= closes;
        brackets += opens - closes;
        operand = operand || closes;
        last = token;
    }
}

static enum declaration_attribute attribute(struct parser *parser) {
    enum declaration_attribute found = DECLARATION_PLAIN;
    if (!accept(parser, "<"))
        return found;
    if (parser->token.size == 5 && memcmp(parser->token.text, "const", 5) == 0)
        found = DECLARATION_CONST;
    else if (parser->token.size == 5 && memcmp(parser->token.text, "close", 5) == 0)
        found = DECLARATION_CLOSE;
    take(parser);
    accept(parser, ">");
    return found;
}

/* A list of them, into scope. */
static void names(struct parser *parser) {
    while (parser->token.kind == TOKEN_NAME) {
        struct token name = parser->token;
        take(parser);
        declare(parser, name, attribute(parser));
        if (!accept(parser, ","))
            return;
    }
}

/* Names that come into scope later. */
struct coming {
    struct declaration *list;
    int count;
};

static struct coming coming_names(struct parser *parser) {
    int before = parser->count;
    names(parser);
    struct coming coming = {.count = parser->count - before};
    parser->count = before;
    if (coming.count > 0)
        coming.list = malloc((size_t)coming.count * sizeof *coming.list);
    if (coming.list == NULL)
        return (struct coming){NULL, 0};
    memcpy(coming.list, parser->scope + before, (size_t)coming.count * sizeof *coming.list);
    return coming;
}

static void let_come(struct parser *parser, struct coming coming) {
    for (int i = 0; i < coming.count; i++) {
        int before = parser->count;
        declare(parser, (struct token){.text = coming.list[i].name, .size = coming.list[i].size},
                coming.list[i].attribute);
        if (parser->count > before)
            parser->scope[before] = coming.list[i];
    }
    free(coming.list);
}

/* Its variables come into scope behind it. */
static void local_statement(struct parser *parser, int first) {
    struct coming coming = coming_names(parser);
    if (accept(parser, "=")) {
        const char *value = parser->token.text;
        expressions(parser);
        if (coming.count == 1 && coming.list->attribute == DECLARATION_CONST &&
            parser->end > value) {
            coming.list->value = value;
            coming.list->value_size = (size_t)(parser->end - value);
        }
    }
    visit(parser, first, parser->last_line);
    let_come(parser, coming);
}

static void local_function(struct parser *parser, int first) {
    visit(parser, first, first);
    if (parser->token.kind != TOKEN_NAME)
        return;
    declare(parser, parser->token, DECLARATION_PLAIN);
    take(parser);
    function_body(parser, parser->token.line, false);
}

/* function a.b:c() end */
static void function_statement(struct parser *parser, int first) {
    bool method = false;
    note_use(parser);
    while (parser->token.kind == TOKEN_NAME || at(parser, ".") || at(parser, ":")) {
        method = method || at(parser, ":");
        take(parser);
    }
    function_body(parser, first, method);
    visit(parser, first, parser->last_line);
}

/* A block with variables of its own, in a construct that ends with `end`. */
static void inner_block(struct parser *parser) {
    int before = parser->count;
    block(parser);
    parser->count = before;
}

static void if_statement(struct parser *parser, int first) {
    do {
        expressions(parser);
        accept(parser, "then");
        visit(parser, first, parser->last_line);
        inner_block(parser);
        first = parser->token.line;
    } while (accept(parser, "elseif"));
    if (accept(parser, "else"))
        inner_block(parser);
    accept(parser, "end");
}

static void while_statement(struct parser *parser, int first) {
    expressions(parser);
    accept(parser, "do");
    visit(parser, first, parser->last_line);
    inner_block(parser);
    accept(parser, "end");
}

/* Its variables come into scope with the block. */
static void for_statement(struct parser *parser, int first) {
    int before = parser->count;
    struct coming coming = coming_names(parser);
    if (at(parser, "=") || at(parser, "in"))
        take(parser);
    expressions(parser);
    visit(parser, first, parser->last_line);
    accept(parser, "do");
    let_come(parser, coming);
    block(parser);
    parser->count = before;
    accept(parser, "end");
}

/* The condition sees the variables of the block. */
static void repeat_statement(struct parser *parser) {
    int before = parser->count;
    block(parser);
    int first = parser->token.line;
    accept(parser, "until");
    expressions(parser);
    visit(parser, first, parser->last_line);
    parser->count = before;
}

static void simple_statement(struct parser *parser, int first) {
    const char *start = parser->token.text;
    if (accept(parser, "::") || accept(parser, "goto")) {
        take(parser);
        accept(parser, "::");
    } else if (!accept(parser, "break") && !accept(parser, ";")) {
        accept(parser, "return");
        expressions(parser);
    }
    if (parser->token.text == start && parser->token.kind != TOKEN_END)
        take(parser); /* it is no Lua */
    visit(parser, first, parser->last_line);
}

static void statement(struct parser *parser) {
    int first = parser->token.line;
    if (accept(parser, "if"))
        if_statement(parser, first);
    else if (accept(parser, "while"))
        while_statement(parser, first);
    else if (accept(parser, "for"))
        for_statement(parser, first);
    else if (accept(parser, "repeat"))
        repeat_statement(parser);
    else if (accept(parser, "function"))
        function_statement(parser, first);
    else if (accept(parser, "do")) {
        inner_block(parser);
        accept(parser, "end");
    } else if (!accept(parser, "local"))
        simple_statement(parser, first);
    else if (accept(parser, "function"))
        local_function(parser, first);
    else
        local_statement(parser, first);
}

static bool ends_block(const struct parser *parser) {
    return parser->token.kind == TOKEN_END || at(parser, "end") || at(parser, "else") ||
           at(parser, "elseif") || at(parser, "until");
}

static void block(struct parser *parser) {
    if (++parser->nested > MOST_NESTED)
        parser->tokens.at = parser->tokens.end;
    else
        while (!ends_block(parser))
            statement(parser);
    visit(parser, parser->last_line, parser->token.line);
    parser->nested--;
}

static void function_inside(struct parser *parser, bool method) {
    static const struct token self = {.text = "self", .size = 4};
    if (method)
        declare(parser, self, DECLARATION_PLAIN);
    accept(parser, "(");
    names(parser);
    accept(parser, "...");
    accept(parser, ")");
    block(parser);
}

/* What is found in another function of the same first line is not what is wanted. */
static void wanted_function(struct parser *parser, bool method) {
    struct declarations_names before = *parser->names;
    bool found = parser->found;
    int distance = parser->distance;
    struct declarations_constants constants = {.count = 0};
    if (parser->constants != NULL)
        constants = *parser->constants;
    if (parser->of_upvalues)
        find_upvalues(parser);
    function_inside(parser, method);
    if (parser->token.line == parser->wanted->last_line)
        return;
    *parser->names = before;
    if (parser->constants != NULL)
        *parser->constants = constants;
    parser->found = found;
    parser->distance = distance;
}

/* From its parameters on. */
static void function_body(struct parser *parser, int first_line, bool method) {
    int base = parser->base, outer_line = parser->first_line, count = parser->count;
    parser->base = parser->count;
    parser->first_line = first_line;
    if (first_line == parser->wanted->first_line)
        wanted_function(parser, method);
    else
        function_inside(parser, method);
    accept(parser, "end");
    parser->base = base;
    parser->first_line = outer_line;
    parser->count = count;
}

/* The tokens are set up. */
static bool search_tokens(struct parser *parser) {
    parser->token.text = parser->tokens.at; /* of size 0: before the first */
    take(parser);
    while (parser->token.kind != TOKEN_END) {
        block(parser);
        take(parser); /* an `end` too many: it is no Lua */
    }
    free(parser->scope);
    return parser->found;
}

static bool search(struct parser *parser, const char *text, size_t size) {
    tokens_init(&parser->tokens, text, size);
    return search_tokens(parser);
}

bool declarations_of_locals(const char *text, size_t size,
                            const struct declarations_function *function,
                            struct declarations_names *locals) {
    struct parser parser = {.wanted = function, .names = locals};
    return search(&parser, text, size);
}

bool declarations_of_constants(const char *text, size_t size,
                               const struct declarations_function *function,
                               struct declarations_names *locals,
                               struct declarations_constants *constants) {
    struct parser parser = {.wanted = function, .names = locals, .constants = constants};
    constants->count = 0;
    return search(&parser, text, size);
}

bool declarations_of_upvalues(const char *text, size_t size,
                              const struct declarations_function *function,
                              struct declarations_names *upvalues) {
    struct parser parser = {.wanted = function, .names = upvalues, .of_upvalues = true};
    return search(&parser, text, size);
}

void declarations_uses(const char *code, size_t size, const char *name,
                       void (*use)(void *data, const char *at), void *data) {
    static const struct declarations_function none = {.first_line = -1};
    const struct uses uses = {name, use, data};
    struct parser parser = {.wanted = &none, .uses = &uses};
    tokens_init_code(&parser.tokens, code, size);
    search_tokens(&parser);
}
