/* SPDX-License-Identifier: MIT */
#include "expressions.h"

#include "account.h"
#include "bound.h"
#include "code.h"
#include "collector.h"
#include "constants.h"
#include "lookup.h"
#include "value.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_VALUES = 20,       /* shown of one expression */
    LOGGED_BYTES = 1 << 20, /* of a string */
    TABLE = EXPRESSIONS_TABLE,
    METATABLE = 1, /* in the table: of environments, */
    ENVIRONMENT,   /* the one of code without functions; behind it all code is */
};

#define CHUNK "breakpoint"

/* Its address is the coroutine's key in the registry. */
static const char coroutine_key = 0;

/* In the table: of code by its number, and of the same code if it is bound. */
static lua_Integer place_of(int number) {
    return ENVIRONMENT + 2 * (lua_Integer)number - 1;
}

static lua_Integer bound_place_of(int number) {
    return place_of(number) + 1;
}

/* ---- the coroutine ---- */

static int open(lua_State *L) {
    struct expressions *expressions = lua_touserdata(L, 1);
    lua_State *co = limit_push_coroutine(L);
    lua_newtable(L);
    int table = lua_gettop(L);
    environment_push_metatable(L);
    expressions->environment = environment_push(L, &expressions->scope, table + 1, NULL);
    lua_rawseti(L, table, ENVIRONMENT);
    lua_rawseti(L, table, METATABLE);
    expressions->bound_co = bound_open(L, table);
    luaL_checkstack(co, 2 * LUA_MINSTACK, NULL);
    lua_xmove(L, co, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &coroutine_key);
    expressions->co = co;
    return 0;
}

/* What we allocate shall not bring the collector's next step nearer. The coroutine is among the
   running threads, so that a finalizer that it sets off is found. */
static void begin_work_in(lua_State *co, struct expressions *expressions, lua_State *L) {
    expressions->before = account_begin_work(expressions->account, L);
    if (co != NULL)
        threads_enter(&expressions->account->threads, L, co);
    expressions->owed_bytes -= collector_bytes_in_use(L);
}

void expressions_begin_work(struct expressions *expressions, lua_State *L) {
    begin_work_in(expressions->co, expressions, L);
}

void expressions_end_work(struct expressions *expressions, lua_State *L) {
    expressions->owed_bytes += collector_bytes_in_use(L);
    threads_leave(&expressions->account->threads, L);
    account_end_work(expressions->account, expressions->before);
    if (expressions->owed_bytes < 0) /* the collector has run */
        expressions->owed_bytes = 0;
    if (expressions->owed_bytes >= 1024)
        expressions->owed_bytes -= collector_lower_debt(L, expressions->owed_bytes);
}

lua_State *expressions_open(struct expressions *expressions, lua_State *L) {
    if (expressions->co != NULL)
        return expressions->co;
    expressions->account = account_of(L);
    expressions->limit.milliseconds = EXPRESSIONS_LIMIT_MS;
    chunk_text_init(&expressions->text, &expressions->account->chunks);
    expressions->scope.threads = &expressions->account->threads;
    expressions->scope.text = &expressions->text;
    expressions_begin_work(expressions, L);
    lua_pushcfunction(L, open);
    lua_pushlightuserdata(L, expressions);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK)
        lua_pop(L, 1);
    expressions_end_work(expressions, L);
    return expressions->co;
}

void expressions_finish(struct expressions *expressions) {
    chunk_text_finish(&expressions->text);
    for (size_t i = 0; i < expressions->list.count; i++)
        bound_destroy(expressions->list.items[i].bound);
    free(expressions->list.items);
}

void expressions_forget(struct expressions *expressions, lua_State *L) {
    if (expressions->co == NULL)
        return;
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &coroutine_key); /* the slot is there: it takes no memory */
    expressions->co = expressions->bound_co = NULL;
}

/* ---- code that is kept ---- */

/* Stack: table, code, number. */
static int keep(lua_State *co) {
    const struct code *code = lua_touserdata(co, 2);
    if (code_load(co, code) != LUA_OK)
        return lua_error(co);
    lua_rawgeti(co, 1, ENVIRONMENT);
    if (lua_setupvalue(co, -2, 1) == NULL)
        lua_pop(co, 1);
    lua_rawseti(co, 1, lua_tointeger(co, 3));
    return 0;
}

/* False: the error is on top of the coroutine's stack. */
static bool load(struct expressions *expressions, const struct code *code) {
    lua_State *co = expressions->co;
    lua_pushcfunction(co, keep);
    lua_pushvalue(co, TABLE);
    lua_pushlightuserdata(co, (void *)code);
    lua_pushinteger(co, place_of((int)expressions->list.count + 1));
    return lua_pcall(co, 3, 0, 0) == LUA_OK;
}

static bool load_at(struct expressions *expressions, struct frame *frame, struct code *code,
                    struct expression *expression, struct string_builder *error) {
    const struct coroutines coroutines = {&expressions->account->threads, frame->L};
    struct string_builder constants = {0};
    if (lua_checkstack(frame->L, 2))
        constants_declare_at(&expressions->text, frame, &constants);
    code->constants = string_builder_text(&constants);
    expressions_begin_work(expressions, frame->L);
    bool loaded = load(expressions, code);
    if (!loaded)
        code_write_error(error, code, false, frame, &coroutines, expressions->co);
    else if (!expression->of_error)
        expression->bound =
            bound_load(expressions->co, bound_place_of((int)expressions->list.count + 1), frame,
                       code->text, code->constants);
    lua_settop(expressions->co, TABLE);
    expressions_end_work(expressions, frame->L);
    string_builder_finish(&constants);
    chunk_text_finish(&expressions->text);
    return loaded;
}

/* Its arguments are its own environment, if it has one, and the error, if it is for one. What takes
   varargs is a function in it. */
static const char *beginning_of(const struct expression *expression) {
    static const char *const beginnings[2][2][2] = {
        {{"return ", "return function(...) return "},
         {"local err <const> = ...; return ",
          "local err <const> = ...; return function(...) return "}},
        {{"local _ENV = ...; return ", "local _ENV = ...; return function(...) return "},
         {"local _ENV, err <const> = ...; return ",
          "local _ENV, err <const> = ...; return function(...) return "}}};
    return beginnings[expression->has_functions][expression->of_error][expression->takes_varargs];
}

static int keep_text(struct expressions *expressions, lua_State *L, const lua_Debug *event,
                     const char *text, bool of_error, struct string_builder *error) {
    struct frame frame = {.L = L, .record = *event};
    struct expression expression = {.takes_varargs = code_uses(text, "..."),
                                    .has_functions = code_uses(text, "function"),
                                    .of_error = of_error};
    struct code code = {.chunk = CHUNK,
                        .beginning = beginning_of(&expression),
                        .text = text,
                        .end = expression.takes_varargs ? "\nend" : "\n"};
    if (expressions_open(expressions, L) == NULL || !array_reserve(&expressions->list, 1)) {
        string_builder_print(error, "not enough memory");
        return 0;
    }
    if (!load_at(expressions, &frame, &code, &expression, error))
        return 0;
    expressions->list.items[expressions->list.count++] = expression;
    return (int)expressions->list.count;
}

int expressions_keep(struct expressions *expressions, lua_State *L, const lua_Debug *event,
                     const char *text, struct string_builder *error) {
    return keep_text(expressions, L, event, text, false, error);
}

int expressions_keep_for_error(struct expressions *expressions, lua_State *L,
                               const lua_Debug *event, const char *text,
                               struct string_builder *error) {
    return keep_text(expressions, L, event, text, true, error);
}

static void forget_place(lua_State *co, lua_Integer place) {
    if (lua_rawgeti(co, TABLE, place) != LUA_TNIL) { /* the slot is there: it takes no memory */
        lua_pushnil(co);
        lua_rawseti(co, TABLE, place);
    }
    lua_pop(co, 1);
}

void expressions_clear(struct expressions *expressions) {
    for (; expressions->list.count > 0; expressions->list.count--) {
        bound_destroy(expressions->list.items[expressions->list.count - 1].bound);
        forget_place(expressions->co, place_of((int)expressions->list.count));
        forget_place(expressions->co, bound_place_of((int)expressions->list.count));
    }
    expressions->version++;
}

/* ---- evaluating ---- */

/* One evaluation. */
struct run {
    struct expressions *expressions;
    lua_State *L;
    const lua_Debug *event;
    int number;
    int arguments; /* above the table; the results, or on top the error, are there afterwards */
};

static struct frame frame_of(const struct run *run) {
    return (struct frame){.L = run->L, .record = *run->event};
}

/* Stack: run, table, code, arguments. */
static int call_in_own_environment(lua_State *co) {
    const struct run *run = lua_touserdata(co, 1);
    lua_rawgeti(co, 2, METATABLE);
    struct environment *environment =
        environment_push(co, &run->expressions->scope, lua_gettop(co), NULL);
    environment_enter(environment, run->L, run->event);
    lua_remove(co, -2);
    lua_insert(co, 4);
    lua_call(co, lua_gettop(co) - 3, LUA_MULTRET);
    return lua_gettop(co) - 2;
}

/* Pushes what is to be called, below the arguments, and makes the environment ready. How many
   arguments it has then. */
static int push_code(const struct run *run) {
    struct expressions *expressions = run->expressions;
    lua_State *co = expressions->co;
    int pushed = 1;
    if (expressions->list.items[run->number - 1].has_functions) {
        lua_pushcfunction(co, call_in_own_environment);
        lua_pushlightuserdata(co, (void *)run);
        lua_pushvalue(co, TABLE);
        pushed += 3;
    } else {
        environment_enter(expressions->environment, run->L, run->event);
    }
    lua_rawgeti(co, TABLE, place_of(run->number));
    if (run->arguments > 0)
        lua_rotate(co, TABLE + 1, pushed);
    return run->arguments + pushed - 1;
}

/* Calls the function on top of the stack with the frame's varargs. */
static bool call_with_varargs(const struct run *run, int results) {
    struct frame frame = frame_of(run);
    lua_State *co = run->expressions->co;
    int count = lookup_push_varargs(&frame, co);
    if (count < 0) {
        lua_pushliteral(co, "too many varargs");
        return false;
    }
    return lua_pcall(co, count, results, 0) == LUA_OK;
}

static bool call(const struct run *run, int results) {
    const struct expressions *expressions = run->expressions;
    lua_State *co = expressions->co;
    bool takes_varargs = expressions->list.items[run->number - 1].takes_varargs;
    int arguments = push_code(run);
    return lua_pcall(co, arguments, takes_varargs ? 1 : results, 0) == LUA_OK &&
           (!takes_varargs || call_with_varargs(run, results));
}

static bool perform(const struct run *run, int results) {
    struct expressions *expressions = run->expressions;
    struct threads *threads = &expressions->account->threads;
    const struct thread *running = threads->innermost;
    scope_begin(&expressions->scope, run->L);
    limit_begin(&expressions->limit, expressions->account);
    bool good = call(run, results);
    limit_end(&expressions->limit, expressions->account, run->L);
    scope_end(&expressions->scope);
    if (expressions->text.chunk != 0) /* it has assigned */
        chunk_text_finish(&expressions->text);
    threads_drop_above(threads, running); /* it may have left coroutines by an error */
    if (expressions->limit.overdue)
        lua_sethook(expressions->co, limit_hook, LUA_MASKCOUNT, LIMIT_COUNT);
    return good && !expressions->limit.overdue;
}

static void write_error(const struct run *run, struct string_builder *error) {
    static const struct code code = {.chunk = CHUNK};
    const struct expressions *expressions = run->expressions;
    const struct coroutines coroutines = {&expressions->account->threads, run->L};
    struct frame frame = frame_of(run);
    if (!limit_write(&expressions->limit, error))
        code_write_error(error, &code, false, &frame, &coroutines, expressions->co);
}

static enum expressions_outcome test(const struct run *run, struct string_builder *error) {
    struct expressions *expressions = run->expressions;
    enum expressions_outcome outcome = EXPRESSIONS_ERROR;
    expressions_begin_work(expressions, run->L);
    if (perform(run, 1))
        outcome = lua_toboolean(expressions->co, -1) ? EXPRESSIONS_TRUE : EXPRESSIONS_FALSE;
    else
        write_error(run, error);
    lua_settop(expressions->co, TABLE);
    expressions_end_work(expressions, run->L);
    return outcome;
}

enum expressions_outcome expressions_test(struct expressions *expressions, lua_State *L,
                                          const lua_Debug *event, int number,
                                          struct string_builder *error) {
    const struct run run = {expressions, L, event, number, 0};
    return test(&run, error);
}

/* It allocates nothing but an error, after which it is bound no more. So it is work of the
   debugger's only for the figures' sake. */
enum expressions_outcome expressions_test_bound(struct expressions *expressions, lua_State *L,
                                                lua_Debug *event, int number, uint64_t function) {
    static const enum expressions_outcome outcomes[] = {[BOUND_FALSE] = EXPRESSIONS_FALSE,
                                                        [BOUND_TRUE] = EXPRESSIONS_TRUE,
                                                        [BOUND_UNKNOWN] = EXPRESSIONS_ERROR};
    struct bound *bound = expressions->list.items[number - 1].bound;
    lua_State *co = expressions->bound_co;
    if (bound == NULL)
        return EXPRESSIONS_ERROR;
    bool works = account_figures(expressions->account) != NULL;
    if (works)
        begin_work_in(co, expressions, L);
    enum bound_outcome outcome = bound_test(bound, co, bound_place_of(number), L, event, function);
    if (works)
        expressions_end_work(expressions, L);
    return outcomes[outcome];
}

enum expressions_outcome expressions_test_error(struct expressions *expressions, lua_State *L,
                                                const lua_Debug *event, int number, lua_State *from,
                                                struct string_builder *error) {
    const struct run run = {expressions, L, event, number, 1};
    lua_xmove(from, expressions->co, 1);
    return test(&run, error);
}

/* As print does, but nothing of the program runs: no __tostring, no __name. */
static void write_values(const struct expressions *expressions, lua_State *L,
                         struct string_builder *builder) {
    const struct coroutines coroutines = {&expressions->account->threads, L};
    const struct value_style style = {.whole = false};
    lua_State *co = expressions->co;
    int count = lua_gettop(co) - TABLE;
    int shown = 0;
    while (shown < count && shown < MOST_VALUES && builder->size <= LOGGED_BYTES) {
        int i = ++shown;
        string_builder_print(builder, i > 1 ? ", " : "");
        if (lua_type(co, TABLE + i) == LUA_TSTRING)
            string_builder_excerpt(builder, lua_tostring(co, TABLE + i), lua_rawlen(co, TABLE + i),
                                   LOGGED_BYTES);
        else
            value_write(builder, &coroutines, co, TABLE + i, &style);
    }
    string_builder_print(builder, count == 0 ? "nothing" : count > shown ? ", …" : "");
}

bool expressions_print(struct expressions *expressions, lua_State *L, const lua_Debug *event,
                       int number, struct string_builder *builder) {
    const struct run run = {expressions, L, event, number, 0};
    expressions_begin_work(expressions, L);
    bool good = perform(&run, LUA_MULTRET);
    if (good && !lua_checkstack(expressions->co, VALUE_SLOTS))
        string_builder_print(builder, "too many values");
    else if (good)
        write_values(expressions, L, builder);
    else
        write_error(&run, builder);
    lua_settop(expressions->co, TABLE);
    expressions_end_work(expressions, L);
    return good;
}
