/* SPDX-License-Identifier: MIT */
#include "exceptions.h"

#include "hook.h"
#include "library.h"

/* Frames looked at for a protected call, and for what is to be closed. Finding a frame by level
   costs its depth, so that the first cost some milliseconds. */
enum { LOOK_DEPTH = 10000, CLOSING_DEPTH = 1000 };

static void stop(struct debugger *debugger, lua_State *L, struct debugger_stop *here) {
    struct debugger_exceptions *exceptions = &debugger->exceptions;
    bool wanted = here->caught ? exceptions->caught : exceptions->uncaught;
    if (exceptions->reported || !wanted || account_works(&debugger->account))
        return;
    here->reason = DEBUGGER_EXCEPTION;
    exceptions->reported = true;
    hook_stop(debugger, L, here);
}

void exceptions_thrown(struct debugger *debugger, lua_State *L, int error, bool caught) {
    if (!exceptions_on(debugger))
        return;
    struct debugger_stop here = {.thread = L, .error = error, .caught = caught};
    stop(debugger, L, &here);
    debugger->exceptions.reported = false;
}

int exceptions_show(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    if (debugger != NULL)
        exceptions_thrown(debugger, L, 1, true);
    lua_settop(L, 1);
    return 1;
}

static bool frame_catches(lua_State *L, lua_Debug *frame) {
    lua_getinfo(L, "f", frame);
    bool caught = library_catches(lua_tocfunction(L, -1));
    lua_pop(L, 1);
    return caught;
}

static bool stack_catches(lua_State *L, int level) {
    lua_Debug frame;
    if (!lua_checkstack(L, 1))
        return true;
    for (; level < LOOK_DEPTH && lua_getstack(L, level, &frame); level++)
        if (frame_catches(L, &frame))
            return true;
    return false;
}

void exceptions_unhandled(struct debugger *debugger, lua_State *L, int error) {
    if (exceptions_on(debugger))
        exceptions_thrown(debugger, L, error, stack_catches(L, 2));
}

/* Does anything between here and the interpreter catch what L throws? */
static bool is_caught(const struct debugger *debugger) {
    const struct thread *thread = threads_running(&debugger->account.threads);
    while (thread != NULL && !stack_catches(thread->L, 0))
        thread = threads_resumer(thread);
    return thread != NULL;
}

void exceptions_coroutine_died(struct debugger *debugger, lua_State *L, lua_State *co,
                               bool rethrown) {
    if (!exceptions_on(debugger))
        return;
    struct debugger_stop here = {.thread = co, .error = lua_gettop(L)};
    here.caught = !rethrown || is_caught(debugger);
    stop(debugger, L, &here);
    if (!rethrown)
        debugger->exceptions.reported = false;
}

/* ---- where a coroutine is closed ---- */

static const char metamethod[] = "__close";

/* The program's handler is an upvalue. */
static int show_and_close(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    if (debugger != NULL)
        debugger->exceptions.reported = false;
    lua_pushcfunction(L, exceptions_show);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_rotate(L, 1, 2);
    if (lua_pcall(L, lua_gettop(L) - 2, 0, 1) != LUA_OK)
        return lua_error(L);
    return 0;
}

/* Stack: the table of what was replaced, from metatable to the program's handler, and a value. */
static void replace(lua_State *L) {
    int value = lua_gettop(L), metatable = value + 1;
    if (!lua_getmetatable(L, value))
        return;
    lua_pushstring(L, metamethod);
    lua_rawget(L, metatable);
    if (!lua_isnil(L, -1) && lua_tocfunction(L, -1) != show_and_close) {
        lua_pushvalue(L, metatable);
        lua_pushvalue(L, -2);
        lua_rawset(L, value - 1);
        lua_pushcclosure(L, show_and_close, 1);
        lua_pushstring(L, metamethod);
        lua_insert(L, -2);
        lua_rawset(L, metatable);
    }
    lua_settop(L, value);
}

/* The table is on top of L's stack. */
static void replace_in_frame(lua_State *L, lua_State *co, lua_Debug *frame) {
    for (int n = 1; lua_getlocal(co, frame, n) != NULL; n++) {
        lua_xmove(co, L, 1);
        replace(L);
        lua_pop(L, 1);
    }
}

static int new_table(lua_State *L) {
    lua_newtable(L);
    return 1;
}

/* Arguments: the coroutine, the table. */
static int replace_all(lua_State *L) {
    lua_State *co = lua_touserdata(L, 1);
    lua_Debug frame;
    for (int level = 0; level < CLOSING_DEPTH && lua_getstack(co, level, &frame); level++)
        replace_in_frame(L, co, &frame);
    return 0;
}

/* If memory is out, errors are shown of those handlers only that have ours in front by then. */
void exceptions_begin_closing(struct debugger *debugger, lua_State *L, lua_State *co) {
    struct account *account = &debugger->account;
    bool wanted = debugger->attached && debugger->exceptions.caught && lua_checkstack(co, 1);
    lua_pushcfunction(L, new_table);
    if (!wanted || account_call(account, L, 0, 1) != LUA_OK) {
        lua_pop(L, 1);
        lua_pushnil(L);
        return;
    }
    lua_pushcfunction(L, replace_all);
    lua_pushlightuserdata(L, co);
    lua_pushvalue(L, -3);
    if (account_call(account, L, 2, 0) != LUA_OK)
        lua_pop(L, 1);
}

/* Stack: on top a metatable and the program's handler; stays. What the program has put there
   meanwhile is let be. */
static void restore(lua_State *L) {
    int original = lua_gettop(L);
    lua_pushstring(L, metamethod);
    lua_rawget(L, original - 1);
    bool ours = lua_tocfunction(L, -1) == show_and_close;
    lua_pop(L, 1);
    if (!ours)
        return;
    lua_pushstring(L, metamethod);
    lua_pushvalue(L, original);
    lua_rawset(L, original - 1);
}

void exceptions_end_closing(lua_State *L, int index) {
    if (!lua_istable(L, index))
        return;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        restore(L);
        lua_pop(L, 1);
    }
}
