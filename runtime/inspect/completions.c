/* SPDX-License-Identifier: MIT */
/*
 * What may follow the text before the cursor: names, or the fields of what a plain chain of names
 * leads to. Nothing is run for it.
 */
#include "arguments.h"
#include "chain_value.h"
#include "commands.h"
#include "constants.h"
#include "frames.h"
#include "lookup.h"
#include "stop.h"
#include "text.h"
#include "tokens.h"
#include "value.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_TARGETS = 1000,
    MOST_ENTRIES = 50000, /* of a table, looked at */
    MOST_CLASSES = 100,   /* tables behind __index */
    MOST_TOKENS = 64      /* before the cursor, looked at */
};

enum rank { RANK_LOCAL, RANK_UPVALUE, RANK_FIELD, RANK_INHERITED, RANK_KEYWORD };

struct completion {
    struct stop *stop;
    int frame;
    const char *prefix; /* what is typed of the name */
    size_t prefix_size;
    bool methods; /* behind a colon: functions only */
    int start; /* of the prefix: UTF-16 units of the text before it. From 0 whatever the client says
                  of columns: so VS Code, nvim-dap and Vimspector read it (DAP's issue 138) */
    cJSON *targets;
    int count;
};

/* The tokens before the cursor, as many as fit; the last one is the nearest. */
struct context {
    struct token tokens[MOST_TOKENS];
    int count;
};

/* Names are ASCII: the locale has no say in what is a capital. */
static bool fits(const struct completion *completion, const char *name, size_t size) {
    if (size < completion->prefix_size)
        return false;
    for (size_t i = 0; i < completion->prefix_size; i++)
        if ((name[i] | 32) != (completion->prefix[i] | 32))
            return false;
    return true;
}

static bool is_known(const struct completion *completion, const char *name) {
    const cJSON *item;
    cJSON_ArrayForEach(item, completion->targets) {
        if (strcmp(cJSON_GetObjectItem(item, "label")->valuestring, name) == 0)
            return true;
    }
    return false;
}

static void add(struct completion *completion, const char *name, enum rank rank, const char *type,
                const char *detail) {
    if (completion->count == MOST_TARGETS || strlen(name) > STRING_BUILDER_NAME_BYTES ||
        is_known(completion, name))
        return;
    struct string_builder sort = {0};
    cJSON *item = cJSON_CreateObject();
    string_builder_print(&sort, "%d%s", rank, name);
    cJSON_AddStringToObject(item, "label", name);
    cJSON_AddStringToObject(item, "sortText", string_builder_text(&sort));
    cJSON_AddStringToObject(item, "type", type);
    if (detail != NULL)
        cJSON_AddStringToObject(item, "detail", detail);
    cJSON_AddNumberToObject(item, "start", completion->start);
    cJSON_AddNumberToObject(item, "length", (double)completion->prefix_size);
    cJSON_AddItemToArray(completion->targets, item);
    completion->count++;
    string_builder_finish(&sort);
}

/* With the value on top of the stack. */
static void add_valued(struct completion *completion, const char *name, enum rank rank) {
    lua_State *L = completion->stop->L;
    bool function = lua_isfunction(L, -1);
    bool field = rank == RANK_FIELD || rank == RANK_INHERITED;
    if (completion->methods && !function)
        return;
    struct string_builder detail = {0};
    if (function)
        value_write(&detail, &completion->stop->coroutines, L, -1, &(struct value_style){0});
    else
        string_builder_print(&detail, "%s", value_type(L, -1));
    const char *type = completion->methods ? "method" : field ? "field" : "variable";
    add(completion, name, rank, function && !completion->methods ? "function" : type,
        string_builder_text(&detail));
    string_builder_finish(&detail);
}

/* Of the table on top of the stack. */
static void add_fields(struct completion *completion, enum rank rank) {
    lua_State *L = completion->stop->L;
    int table = lua_gettop(L);
    lua_pushnil(L);
    for (int i = 0; i < MOST_ENTRIES && lua_next(L, table); i++) {
        size_t size = 0;
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tolstring(L, -2, &size) : NULL;
        if (name != NULL && key_is_name(name, size) && fits(completion, name, size))
            add_valued(completion, name, rank);
        lua_pop(L, 1);
    }
    lua_settop(L, table);
}

/* The value on top of the stack becomes its metatable's __index, if that is a table. */
static bool go_to_index(lua_State *L) {
    if (!lua_getmetatable(L, -1))
        return false;
    if (!key_push_text(L, lua_gettop(L), "__index", strlen("__index"), MOST_ENTRIES)) {
        lua_pop(L, 1);
        return false;
    }
    lua_rawget(L, -2);
    lua_replace(L, -3);
    lua_pop(L, 1);
    return lua_istable(L, -1);
}

/* The fields that indexing the value on top of the stack finds; pops it. */
static void add_members(struct completion *completion) {
    lua_State *L = completion->stop->L;
    int height = lua_gettop(L) - 1;
    enum rank rank = RANK_FIELD;
    for (int i = 0; i < MOST_CLASSES; i++) {
        if (lua_istable(L, -1))
            add_fields(completion, rank);
        if (!go_to_index(L))
            break;
        rank = RANK_INHERITED;
    }
    lua_settop(L, height);
}

static void add_locals(struct completion *completion, struct frame *frame) {
    const char *name;
    for (int n = 1; (name = lookup_local_name(frame, n)) != NULL; n++) {
        if (*name == '(' || !fits(completion, name, strlen(name)) ||
            lookup_name(frame, name, strlen(name)).n != n)
            continue;
        lookup_push(frame, (struct lookup){LOOKUP_LOCAL, n}, completion->stop->L);
        add_valued(completion, name, RANK_LOCAL);
        lua_pop(completion->stop->L, 1);
    }
}

static void add_constants(struct completion *completion, struct frame *frame) {
    struct declarations_constants constants;
    constants_find(&completion->stop->text, frame, &constants);
    for (int i = 0; i < constants.count; i++) {
        const struct declarations_constant *one = &constants.list[i];
        struct string_builder name = {0};
        if (!fits(completion, one->name, one->name_size))
            continue;
        string_builder_print(&name, "%.*s", (int)one->name_size, one->name);
        stop_push_constant(completion->stop, &constants, one);
        add_valued(completion, string_builder_text(&name), RANK_LOCAL);
        lua_pop(completion->stop->L, 1);
        string_builder_finish(&name);
    }
}

static void add_upvalues(struct completion *completion, struct frame *frame) {
    lua_State *L = completion->stop->L;
    const char *name;
    lua_getinfo(frame->L, "f", &frame->record);
    lua_xmove(frame->L, L, 1);
    for (int n = 1; (name = lua_getupvalue(L, -1, n)) != NULL; n++) {
        bool plain = strcmp(name, "_ENV") == 0 && value_is_globals(L, -1);
        if (!plain && key_is_name(name, strlen(name)) && fits(completion, name, strlen(name)))
            add_valued(completion, name, RANK_UPVALUE);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void add_globals(struct completion *completion) {
    lua_State *L = completion->stop->L;
    struct value_path path;
    bool found = chain_value_find(completion->stop, completion->frame, "_ENV", &path);
    if (found && lua_isnil(L, -1)) {
        lua_pop(L, 1);
        found = false;
    }
    if (!found)
        lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    add_members(completion);
}

static void add_names(struct completion *completion) {
    struct frame frame;
    if (frames_find(&completion->stop->frames, completion->frame, &frame)) {
        add_locals(completion, &frame);
        add_constants(completion, &frame);
        add_upvalues(completion, &frame);
    }
    add_globals(completion);
    if (fits(completion, COMMANDS_TABLE, strlen(COMMANDS_TABLE)))
        add(completion, COMMANDS_TABLE, RANK_INHERITED, "module", "memory, in this console");
    for (int i = 0; tokens_keywords[i] != NULL; i++)
        if (fits(completion, tokens_keywords[i], strlen(tokens_keywords[i])))
            add(completion, tokens_keywords[i], RANK_KEYWORD, "keyword", NULL);
}

static void read_tokens(struct context *context, const char *text, size_t size) {
    struct tokens tokens;
    struct token token;
    tokens_init_code(&tokens, text, size);
    context->count = 0;
    do {
        token = tokens_next(&tokens);
        if (context->count == MOST_TOKENS) {
            memmove(context->tokens, context->tokens + 1,
                    (MOST_TOKENS - 1) * sizeof *context->tokens);
            context->count--;
        }
        context->tokens[context->count++] = token;
    } while (token.kind != TOKEN_END && token.kind != TOKEN_UNFINISHED);
}

/* The bracket that the one at `last` closes. -1: there is none. */
static int opening(const struct context *context, int last, const char *open, const char *close) {
    int depth = 0;
    for (; last >= 0; last--) {
        depth += token_is(&context->tokens[last], close) - token_is(&context->tokens[last], open);
        if (depth == 0)
            return last;
    }
    return -1;
}

/* Where the chain begins whose last token is `last`, if it is one: (a.b)["c"].d. -1: it is none. */
static int chain_start(const struct context *context, int last) {
    const struct token *tokens = context->tokens;
    while (last >= 0) {
        if (token_is(&tokens[last], "]")) {
            last = opening(context, last, "[", "]") - 1;
            continue;
        }
        if (token_is(&tokens[last], ")"))
            return opening(context, last, "(", ")");
        if (tokens[last].kind != TOKEN_NAME)
            return -1;
        if (last < 2 || !token_is(&tokens[last - 1], "."))
            return last;
        last -= 2;
    }
    return -1;
}

/* What is in front of a bracket is called. */
static bool is_call(const struct context *context, int first) {
    const struct token *before = first > 0 ? &context->tokens[first - 1] : NULL;
    return token_is(&context->tokens[first], "(") && before != NULL &&
           (before->kind == TOKEN_NAME || before->kind == TOKEN_STRING || token_is(before, "]") ||
            token_is(before, ")"));
}

/* A literal has the metatable of all strings. */
static bool push_string(struct stop *stop, const struct context *context, int last) {
    const struct token *tokens = context->tokens;
    struct value_path shared = {.kind = VALUE_PATH_SHARED, .n = LUA_TSTRING};
    if (last >= 2 && token_is(&tokens[last], ")") && token_is(&tokens[last - 2], "("))
        last--;
    if (last < 0 || tokens[last].kind != TOKEN_STRING ||
        !value_path_push(&stop->paths, value_path_add(&stop->paths, &shared)))
        return false;
    lua_State *L = stop->L;
    bool found = key_push_text(L, lua_gettop(L), "__index", strlen("__index"), MOST_ENTRIES);
    if (found)
        lua_rawget(L, -2);
    lua_remove(L, found ? -2 : -1);
    return found;
}

/* Pushes what the chain leads to that ends with token `last`. */
static bool push_chain(const struct completion *completion, const struct context *context,
                       int last) {
    struct value_path path;
    int first = chain_start(context, last);
    if (first < 0 || is_call(context, first))
        return false;
    const struct token *end = &context->tokens[last];
    const char *start = context->tokens[first].text;
    char *expression = strndup(start, (size_t)(end->text + end->size - start));
    bool found = expression != NULL &&
                 chain_value_find(completion->stop, completion->frame, expression, &path);
    free(expression);
    return found;
}

/* The console's own, where the program has nothing of that name. */
static void add_commands(struct completion *completion, const struct context *context, int last) {
    const struct token *name = &context->tokens[last];
    if (last < 0 || chain_start(context, last) != last || name->kind != TOKEN_NAME ||
        name->size != strlen(COMMANDS_TABLE) || memcmp(name->text, COMMANDS_TABLE, name->size) != 0)
        return;
    for (const struct command_name *command = commands_names; command->name != NULL; command++)
        if (fits(completion, command->name, strlen(command->name)))
            add(completion, command->name, RANK_FIELD, "function", command->detail);
}

/* Of what ends with token `last`, before a dot or a colon. */
static void add_members_of(struct completion *completion, const struct context *context, int last) {
    lua_State *L = completion->stop->L;
    bool found =
        push_chain(completion, context, last) || push_string(completion->stop, context, last);
    if (!found || lua_isnil(L, -1))
        add_commands(completion, context, last);
    if (found)
        add_members(completion);
}

/* Steps over a character; how many UTF-16 units it has. */
static int skip_character(const char **text) {
    size_t size = text_sequence(*text, strnlen(*text, 4));
    *text += size > 0 ? size : 1;
    return size == 4 ? 2 : 1;
}

static int count_units(const char *text, const char *end) {
    int units = 0;
    while (text < end)
        units += skip_character(&text);
    return units;
}

/* text: up to the cursor. */
static void complete(struct completion *completion, const char *text, size_t size) {
    struct context context;
    read_tokens(&context, text, size);
    if (context.tokens[context.count - 1].kind == TOKEN_UNFINISHED)
        return;
    int last = context.count - 2;
    const struct token *token = last >= 0 ? &context.tokens[last] : NULL;
    bool touches = token != NULL && token->text + token->size == text + size;
    if (touches && (token->kind == TOKEN_NAME || token->kind == TOKEN_KEYWORD)) {
        completion->prefix = token->text;
        completion->prefix_size = token->size;
        last--;
    } else if (touches && (token->kind == TOKEN_NUMBER || token->kind == TOKEN_STRING)) {
        return;
    }
    completion->start = count_units(text, text + size - completion->prefix_size);
    completion->methods = last >= 0 && token_is(&context.tokens[last], ":");
    if (completion->methods || (last >= 0 && token_is(&context.tokens[last], ".")))
        add_members_of(completion, &context, last - 1);
    else
        add_names(completion);
}

/* Behind the line ends before the line. */
static const char *find_line(const char *text, int line) {
    while (line-- > 1 && strchr(text, '\n') != NULL)
        text = strchr(text, '\n') + 1;
    return text;
}

/* The place in the line that the client's column means: they count UTF-16 units. */
static const char *find_column(const char *line, int column) {
    int unit = 1;
    while (unit < column && *line != '\0' && *line != '\n')
        unit += skip_character(&line);
    return line;
}

static const char *find_cursor(const cJSON *arguments, const char *text) {
    return find_column(find_line(text, arguments_count(arguments, "line", 1)),
                       arguments_count(arguments, "column", 0));
}

static cJSON *completions(struct stop *stop, const cJSON *arguments,
                          struct inspect_problem *problem) {
    const char *text = arguments_text(arguments, "text"), *cursor = find_cursor(arguments, text);
    struct completion completion = {.stop = stop, .prefix = ""};
    struct frame frame;
    if (arguments_get(arguments, "frameId") != NULL &&
        !frames_asked(&stop->frames, arguments, &frame, &completion.frame, problem))
        return NULL;
    cJSON *body = cJSON_CreateObject();
    completion.targets = cJSON_AddArrayToObject(body, "targets");
    complete(&completion, text, (size_t)(cursor - text));
    return body;
}

const struct inspect_request completions_requests[] = {
    {"completions", completions},
    {NULL, NULL},
};
