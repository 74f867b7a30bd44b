/* SPDX-License-Identifier: MIT */
#include "bound.h"

#include "call_info.h"
#include "code.h"
#include "harmless.h"
#include "limit.h"
#include "lookup.h"
#include "string_builder.h"
#include "tokens.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES = 8, NAME_BYTES = 64, PLACES = 4 };

struct name {
    char text[NAME_BYTES];
    bool handed_over; /* else it is a field of _ENV */
};

/* Where the names are that are handed over: a register (from 1), an upvalue (from -1), 0: it is the
   table of globals. */
struct place {
    const void *pc; /* NULL: nothing is known yet */
    uint64_t function;
    bool upvalues;
    short of[NAMES];
};

struct bound {
    int count, arguments;
    struct name names[NAMES];
    struct place places[PLACES];
    bool hopeless; /* it would run something else, or fail */
};

static const char env[] = "_ENV";

/* What the code calls in the place of a function, and gives it as its first argument. */
#define OWN "__luaheat_"
#define CALL OWN "call"
#define WORDS OWN "words"

/* Their addresses are keys in the table: the coroutine's, the words'. */
static const char coroutine_key = 0, words_key = 0;

/* ---- what can be bound ---- */

static bool is_any(const struct token *token, const char *const *words) {
    while (*words != NULL && !token_is(token, *words))
        words++;
    return *words != NULL;
}

static bool ends_operand(const struct token *token) {
    return token->kind == TOKEN_NAME || token->kind == TOKEN_STRING || token_is(token, ")") ||
           token_is(token, "]");
}

static bool is_call(const struct token *token, const struct token *before) {
    return (token->kind == TOKEN_STRING || token_is(token, "(")) && ends_operand(before);
}

/* It makes no value. */
static bool is_plain(const struct token *token) {
    static const char *const words[] = {"..", "...", ":", "{", "function", NULL};
    return token->kind != TOKEN_UNFINISHED && !is_any(token, words);
}

static bool is_name(const struct token *token, const char *name) {
    return token->size == strlen(name) && memcmp(token->text, name, token->size) == 0;
}

static bool is_known(const struct bound *bound, const struct token *token) {
    for (int i = 0; i < bound->count; i++)
        if (is_name(token, bound->names[i].text))
            return true;
    return false;
}

static bool add_name(struct bound *bound, const char *text, size_t size) {
    if (bound->count == NAMES || size >= NAME_BYTES)
        return false;
    struct name *name = &bound->names[bound->count++];
    memcpy(name->text, text, size);
    return true;
}

/* Not what is known to environments only (environment.h), nor ours. */
static bool take_name(struct bound *bound, const struct token *token) {
    size_t own = strlen(OWN);
    if (is_name(token, env) || (token->size >= own && memcmp(token->text, OWN, own) == 0))
        return false;
    return is_known(bound, token) || add_name(bound, token->text, token->size);
}

/* The text while it is read, and written with other calls. */
struct reading {
    struct token before;
    const char *written; /* up to here */
    const char *chain;   /* where the name begins whose fields may follow; NULL: none does */
    struct string_builder code;
};

static void write_up_to(struct reading *reading, const char *end) {
    string_builder_print(&reading->code, "%.*s", (int)(end - reading->written), reading->written);
    reading->written = end;
}

/* A name, or a field of what the chain has led to. */
static bool read_name(struct bound *bound, struct reading *reading, const struct token *token) {
    if (token_is(&reading->before, "."))
        return true;
    write_up_to(reading, token->text);
    reading->chain = token->text;
    return take_name(bound, token);
}

/* f(... becomes CALL(WORDS, f, ... */
static bool read_call(struct reading *reading, const struct token *token) {
    if (reading->chain == NULL || !token_is(token, "("))
        return false;
    string_builder_print(&reading->code, CALL "(" WORDS ", ");
    write_up_to(reading, reading->before.text + reading->before.size);
    string_builder_print(&reading->code, ", ");
    reading->written = token->text + token->size;
    return true;
}

static bool read_token(struct bound *bound, struct reading *reading, const struct token *token) {
    if (!is_plain(token))
        return false;
    if (token->kind == TOKEN_NAME)
        return read_name(bound, reading, token);
    if (is_call(token, &reading->before) && !read_call(reading, token))
        return false;
    if (!token_is(token, "."))
        reading->chain = NULL;
    return true;
}

/* False: it cannot be bound. The code is the caller's to finish either way. */
static bool read(struct bound *bound, const char *text, struct string_builder *code) {
    struct tokens tokens;
    struct reading reading = {.before = {.kind = TOKEN_END}, .written = text};
    struct token token;
    bool good = true;
    tokens_init_code(&tokens, text, strlen(text));
    while (good && (token = tokens_next(&tokens)).kind != TOKEN_END) {
        good = read_token(bound, &reading, &token);
        reading.before = token;
    }
    write_up_to(&reading, text + strlen(text));
    *code = reading.code;
    return good;
}

void bound_destroy(struct bound *bound) {
    free(bound);
}

/* ---- loading ---- */

/* How they are bound in the frame; _ENV is one more where there are fields of it. */
static bool note_names(struct bound *bound, struct frame *frame) {
    bool fields = false;
    for (int i = 0; i < bound->count; i++) {
        struct name *name = &bound->names[i];
        name->handed_over =
            lookup_name(frame, name->text, strlen(name->text)).kind != LOOKUP_NOTHING;
        fields = fields || !name->handed_over;
    }
    if (!fields)
        return true;
    if (!add_name(bound, env, strlen(env)))
        return false;
    bound->names[bound->count - 1].handed_over = true;
    return true;
}

static void write_beginning(struct bound *bound, const char *constants,
                            struct string_builder *builder) {
    string_builder_print(builder, "local " CALL ", " WORDS " = ... return function(");
    for (int i = 0; i < bound->count; i++) {
        if (!bound->names[i].handed_over)
            continue;
        string_builder_print(builder, "%s%s", bound->arguments++ > 0 ? ", " : "",
                             bound->names[i].text);
    }
    string_builder_print(builder, ") %s return (", constants); /* no tail call: see refuse */
}

/* ---- calls ---- */

/* The texts that are answered, at LUA_T... and the like: to push one from there neither takes
   memory nor runs the collector. */
enum { WORD_TYPE = 1, WORD_INTEGER = WORD_TYPE + LUA_NUMTYPES, WORD_FLOAT };

static void push_words(lua_State *L) {
    lua_newtable(L);
    for (int type = 0; type < LUA_NUMTYPES; type++) {
        lua_pushstring(L, lua_typename(L, type));
        lua_rawseti(L, -2, WORD_TYPE + type);
    }
    lua_pushliteral(L, "integer");
    lua_rawseti(L, -2, WORD_INTEGER);
    lua_pushliteral(L, "float");
    lua_rawseti(L, -2, WORD_FLOAT);
}

static int refuse_call(lua_State *co) {
    lua_pushnil(co);
    return lua_error(co);
}

static int answer_type(lua_State *co, int value) {
    lua_rawgeti(co, 1, WORD_TYPE + lua_type(co, value));
    return 1;
}

static int answer_math_type(lua_State *co, int value) {
    if (lua_type(co, value) == LUA_TNUMBER)
        lua_rawgeti(co, 1, lua_isinteger(co, value) ? WORD_INTEGER : WORD_FLOAT);
    else
        lua_pushnil(co);
    return 1;
}

/* Stack: the words, a function, its arguments. */
static int call_harmless(lua_State *co) {
    enum { FUNCTION = 2, VALUE };
    enum harmless which = harmless_which(lua_topointer(co, FUNCTION));
    bool is_string = lua_type(co, VALUE) == LUA_TSTRING;
    if (which == HARMLESS_NOT || lua_isnone(co, VALUE) || (which == HARMLESS_LEN && !is_string))
        return refuse_call(co);
    if (which == HARMLESS_TYPE)
        return answer_type(co, VALUE);
    if (which == HARMLESS_MATH_TYPE)
        return answer_math_type(co, VALUE);
    lua_CFunction function = lua_tocfunction(co, FUNCTION);
    lua_rotate(co, 1, -FUNCTION);
    lua_pop(co, FUNCTION);
    return function(co);
}

/* ---- loading, in the coroutine ---- */

/* What is to be loaded. */
struct loading {
    const char *beginning, *text;
    lua_Integer place;
};

/* Stack: table, loading. */
static int load(lua_State *co) {
    const struct loading *loading = lua_touserdata(co, 2);
    const struct code code = {.chunk = "breakpoint",
                              .beginning = loading->beginning,
                              .text = loading->text,
                              .end = "\n) end"};
    if (code_load(co, &code) != LUA_OK)
        return lua_error(co);
    lua_pushcfunction(co, call_harmless);
    lua_rawgetp(co, 1, &words_key);
    lua_call(co, 2, 1);
    lua_rawseti(co, 1, loading->place);
    return 0;
}

static bool load_in(lua_State *co, const struct loading *loading) {
    lua_pushcfunction(co, load);
    lua_pushvalue(co, 1);
    lua_pushlightuserdata(co, (void *)loading);
    bool loaded = lua_pcall(co, 2, 0, 0) == LUA_OK;
    if (!loaded)
        lua_pop(co, 1);
    return loaded;
}

struct bound *bound_load(lua_State *co, lua_Integer place, struct frame *frame, const char *text,
                         const char *constants) {
    struct bound *bound = calloc(1, sizeof *bound);
    struct string_builder beginning = {0}, code = {0};
    bool loaded = bound != NULL && read(bound, text, &code) && note_names(bound, frame);
    if (loaded) {
        write_beginning(bound, constants, &beginning);
        loaded = load_in(co, &(struct loading){string_builder_text(&beginning),
                                               string_builder_text(&code), place});
    }
    string_builder_finish(&beginning);
    string_builder_finish(&code);
    if (loaded)
        return bound;
    free(bound);
    return NULL;
}

/* ---- where its names are ---- */

/* False: it is bound otherwise there than it was compiled for. */
static bool find_name(const struct name *name, struct place *place, int argument,
                      struct frame *frame) {
    struct lookup found = lookup_name(frame, name->text, strlen(name->text));
    bool is_variable = found.kind != LOOKUP_NOTHING;
    if (!name->handed_over || (!is_variable && strcmp(name->text, env) != 0))
        return !name->handed_over && !is_variable;
    place->upvalues = place->upvalues || found.kind == LOOKUP_UPVALUE;
    place->of[argument] = (short)(found.kind == LOOKUP_UPVALUE ? -found.n : found.n);
    return true;
}

__attribute__((noinline)) static bool find_names(const struct bound *bound, struct place *place,
                                                 lua_State *L, const lua_Debug *event) {
    struct frame frame = {.L = L, .record = *event};
    int argument = 0;
    place->pc = NULL;
    place->upvalues = false;
    for (int i = 0; i < bound->count; i++) {
        if (!find_name(&bound->names[i], place, argument, &frame))
            return false;
        argument += bound->names[i].handed_over;
    }
    return true;
}

/* NULL: it cannot be told there. */
static const struct place *place_of(struct bound *bound, lua_State *L, const lua_Debug *event,
                                    uint64_t function) {
    const void *pc = ((const struct call_info *)(const void *)event->i_ci)->saved_pc;
    struct place *place = &bound->places[((uintptr_t)pc >> 2 ^ function) % PLACES];
    if (place->pc == pc && place->function == function)
        return place;
    if (!find_names(bound, place, L, event))
        return NULL;
    place->pc = pc;
    place->function = function;
    return place;
}

/* ---- evaluating ---- */

static void refuse(lua_State *co, lua_Debug *event) {
    const struct call_info *call = (const void *)event->i_ci;
    bool is_own = call->previous->previous == NULL; /* it is the expression itself */
    if (!is_own && call_info_function(call) != (const void *)(uintptr_t)call_harmless)
        refuse_call(co);
}

lua_State *bound_open(lua_State *L, int table) {
    if (!call_info_is_proven())
        return NULL;
    harmless_find();
    lua_State *co = limit_push_coroutine(L);
    lua_sethook(co, refuse, LUA_MASKCALL, 0);
    luaL_checkstack(co, LUA_MINSTACK, NULL);
    lua_rawsetp(L, table, &coroutine_key);
    push_words(L);
    lua_rawsetp(L, table, &words_key);
    lua_pushvalue(L, table);
    lua_xmove(L, co, 1);
    return co;
}

/* In the hook of a line its function's locals are at the indices of their numbers. */
static void hand_over(const struct bound *bound, const struct place *place, lua_State *co,
                      lua_State *L, lua_Debug *event) {
    if (place->upvalues)
        lua_getinfo(L, "f", event);
    int function = lua_gettop(L);
    for (int i = 0; i < bound->arguments; i++) {
        if (place->of[i] > 0)
            lua_pushvalue(L, place->of[i]);
        else if (place->of[i] < 0)
            lua_getupvalue(L, function, -place->of[i]);
        else
            lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    }
    lua_xmove(L, co, bound->arguments);
    if (place->upvalues)
        lua_pop(L, 1);
}

enum bound_outcome bound_test(struct bound *bound, lua_State *co, lua_Integer place, lua_State *L,
                              lua_Debug *event, uint64_t function) {
    const struct place *here = bound->hopeless ? NULL : place_of(bound, L, event, function);
    if (here == NULL)
        return BOUND_UNKNOWN;
    lua_rawgeti(co, 1, place);
    hand_over(bound, here, co, L, event);
    enum bound_outcome outcome = BOUND_UNKNOWN;
    if (lua_pcall(co, bound->arguments, 1, 0) == LUA_OK)
        outcome = lua_toboolean(co, -1) ? BOUND_TRUE : BOUND_FALSE;
    else
        bound->hopeless = true;
    lua_pop(co, 1);
    return outcome;
}
