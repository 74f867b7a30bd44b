/* SPDX-License-Identifier: MIT */
#include "exceptions.h"
#include "hook.h"
#include "library.h"

#include <lauxlib.h>

/* The debugger may have left, or another come, whenever the original has run: it is asked for anew
   then. */

/* While Lua closes it, `closes`, its status does not tell that it runs (threads.h). Whether it did
   close before: a __close handler may close it again. */
static bool mark_closing(struct threads *threads, const lua_State *co, bool closes) {
    struct thread *thread = threads_of(threads, co);
    bool before = thread != NULL && thread->closing;
    if (thread != NULL)
        thread->closing = closes;
    return before;
}

/* The hook of a coroutine that is about to run. An evaluation has set its own: limit.h */
static void refresh(struct debugger *debugger, const lua_State *co) {
    struct thread *thread = threads_of(&debugger->account.threads, co);
    bool hooked_by_limit = account_works(&debugger->account) && !debugger->evaluating;
    if (thread != NULL && !hooked_by_limit)
        hook_refresh(debugger, thread);
}

static int run_in_chain(struct debugger *debugger, lua_State *L, lua_State *co,
                        lua_CFunction original, bool closes) {
    if (debugger == NULL)
        return original(L);
    struct threads *threads = &debugger->account.threads;
    if (threads_enter(threads, L, co) != 0)
        return luaL_error(L, "not enough memory");
    bool closed_before = closes && mark_closing(threads, co, true);
    refresh(debugger, co);
    int results = original(L);
    debugger = debugger_of(L);
    if (debugger == NULL)
        return results;
    if (closes)
        mark_closing(&debugger->account.threads, co, closed_before);
    threads_leave(&debugger->account.threads, L);
    return results;
}

/* Calls the original with `co`, if it is a coroutine, in the chain. An error in it jumps over the
   return: the chain is right all the same, see threads.h. */
static int run(struct debugger *debugger, lua_State *L, lua_State *co, lua_CFunction original) {
    return co != NULL ? run_in_chain(debugger, L, co, original, false) : original(L);
}

/* Did the coroutine die of an error? `results` of coroutine.resume are on top of L's stack. */
static bool has_died(lua_State *L, lua_State *co, int results) {
    int status = co != NULL ? lua_status(co) : LUA_OK;
    return status != LUA_OK && status != LUA_YIELD && results == 2 && !lua_toboolean(L, -2);
}

/* Suspended, or not begun: its function is then all it has. Any other cannot be resumed, which
   Lua's own function says best. */
static bool can_run(lua_State *co) {
    lua_Debug frame;
    if (lua_status(co) == LUA_YIELD)
        return true;
    return lua_status(co) == LUA_OK && !lua_getstack(co, 0, &frame) && lua_gettop(co) > 0;
}

/* Results: true and values, or false and an error value. */
static int resume(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    lua_State *co = lua_tothread(L, 1);
    if (debugger == NULL)
        return library_originals.resume(L);
    bool runs = debugger->attached && co != NULL && can_run(co);
    debugger->exceptions.reported = false;
    int results = run(debugger, L, co, library_originals.resume);
    if (runs && has_died(L, co, results))
        exceptions_coroutine_died(debugger_of(L), L, co, false);
    return results;
}

static int close_coroutine(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    lua_State *co = lua_tothread(L, 1);
    if (co == NULL || debugger == NULL ||
        lua_status(co) == LUA_OK) /* nothing to close, or it refuses with an error */
        return run(debugger, L, co, library_originals.close);
    lua_settop(L, 1);
    exceptions_begin_closing(debugger, L, co);
    int results = run_in_chain(debugger_of(L), L, co, library_originals.close, true);
    exceptions_end_closing(L, 2);
    return results;
}

/* Of the coroutine on top. */
static int reset(lua_State *L) {
    return lua_resetthread(lua_tothread(L, -1));
}

/* What lua_resetthread of a coroutine that died of an error says. In Lua 5.4.3 and later the error
   value, which is on top, becomes what its __close handlers made of it. */
static int close_dead(lua_State *L, lua_State *co) {
    struct debugger *debugger = debugger_of(L);
    bool reported = debugger->exceptions.reported;
    exceptions_begin_closing(debugger, L, co);
    lua_pushthread(co);
    lua_xmove(co, L, 1);
    int status = run_in_chain(debugger_of(L), L, co, reset, true);
    lua_pop(L, 1);
    exceptions_end_closing(L, lua_gettop(L));
    lua_pop(L, 1);
    if (status != LUA_OK)
        lua_xmove(co, L, 1);
    debugger = debugger_of(L);
    if (debugger != NULL)
        debugger->exceptions.reported = reported;
    return status;
}

/* The debugger has left while it ran. */
static int close_undebugged(lua_State *L, lua_State *co) {
    int status = lua_resetthread(co);
    if (status != LUA_OK) {
        lua_pop(L, 1);
        lua_xmove(co, L, 1);
    }
    return status;
}

/* The rest of what Lua's function behind coroutine.wrap does with an error, which is on top
   (lcorolib.c, auxwrap): puts the place in front of the message, throws on. */
static int throw_on(lua_State *L, int status) {
    if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

/* Lua's own would have closed the coroutine before anybody could see its stack; coroutine.resume
   does not. */
static int show_and_throw_on(lua_State *L, lua_State *co) {
    struct debugger *debugger = debugger_of(L);
    debugger->exceptions.reported = false;
    lua_pushthread(co);
    lua_xmove(co, L, 1);
    lua_insert(L, 1);
    int results = run(debugger, L, co, library_originals.resume);
    if (lua_toboolean(L, -results))
        return results - 1;
    if (!has_died(L, co, results))
        return throw_on(L, LUA_OK);
    debugger = debugger_of(L);
    if (debugger == NULL)
        return throw_on(L, close_undebugged(L, co));
    exceptions_coroutine_died(debugger, L, co, true);
    return throw_on(L, close_dead(L, co));
}

/* What coroutine.wrap returns: as Lua's, a C closure with the coroutine as its only upvalue. */
static int wrapped(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    if (debugger != NULL && debugger->attached && can_run(co) && lua_checkstack(co, 1))
        return show_and_throw_on(L, co);
    return run(debugger, L, co, library_originals.wrapped);
}

/* Does what Lua's does (lcorolib.c), with our function in the closure: there is no way to let Lua
   make the closure and then change its function. */
static int wrap(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    lua_pushcclosure(L, wrapped, 1);
    return 1;
}

const struct library_front library_coroutine_fronts[] = {
    {&library_originals.resume, resume},
    {&library_originals.close, close_coroutine},
    {&library_originals.wrap, wrap},
    {NULL, NULL},
};
