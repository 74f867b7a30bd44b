/* SPDX-License-Identifier: MIT */
#include "hook.h"
#include "library.h"

#include <lauxlib.h>
#include <lualib.h>

/* Calls the original with `co` in the chain. An error in it jumps over the return: threads_enter
   repairs the chain the next time. */
static int run(lua_State *L, lua_State *co, lua_CFunction original) {
    struct debugger *debugger = debugger_of(L);
    struct threads *threads = &debugger->account.threads;
    if (co == NULL)
        return original(L);
    if (threads_enter(threads, L, co) != 0)
        return luaL_error(L, "not enough memory");
    struct thread *thread = threads_of(threads, co);
    bool hooked_by_limit = debugger->account.debugging && !debugger->evaluating; /* limit.h */
    if (thread != NULL && !hooked_by_limit)
        hook_refresh(debugger, thread);
    int results = original(L);
    threads_leave(threads, L);
    return results;
}

/* Results: true and values, or false and an error value. */
static int resume(lua_State *L) {
    return run(L, lua_tothread(L, 1), debugger_of(L)->originals.resume);
}

static int close_coroutine(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    lua_State *co = lua_tothread(L, 1);
    struct thread *thread = threads_of(&debugger->account.threads, co);
    if (thread != NULL)
        thread->closing = lua_status(co) != LUA_OK; /* else it refuses, with an error */
    int results = run(L, co, debugger->originals.close);
    thread = threads_of(&debugger->account.threads, co);
    if (thread != NULL)
        thread->closing = false;
    return results;
}

/* What coroutine.wrap returns: as Lua's, a C closure with the coroutine as its only upvalue. */
static int wrapped(lua_State *L) {
    return run(L, lua_tothread(L, lua_upvalueindex(1)), debugger_of(L)->originals.wrapped);
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

/* The function behind a wrapped coroutine is not in any table: a scratch state shows it. */
static lua_CFunction find_wrapped(void) {
    lua_State *L = luaL_newstate();
    if (L == NULL)
        return NULL;
    luaL_requiref(L, LUA_COLIBNAME, luaopen_coroutine, 0);
    lua_getfield(L, -1, "wrap");
    lua_getfield(L, -2, "resume");
    lua_CFunction found = lua_pcall(L, 1, 1, 0) == LUA_OK ? lua_tocfunction(L, -1) : NULL;
    lua_close(L);
    return found;
}

void library_replace_coroutine(struct debugger *debugger, lua_State *L) {
    struct debugger_originals *originals = &debugger->originals;
    originals->resume = library_replace(L, LUA_COLIBNAME, "resume", resume);
    originals->close = library_replace(L, LUA_COLIBNAME, "close", close_coroutine);
    originals->wrapped = find_wrapped();
    if (originals->wrapped != NULL)
        library_replace(L, LUA_COLIBNAME, "wrap", wrap);
}
