/* SPDX-License-Identifier: MIT */
/* The protected calls do what lbaselib.c's do, with a message handler of ours, while the filter for
   caught errors is on; else they are Lua's own. */
#include "exceptions.h"
#include "library.h"

#include <lauxlib.h>
#include <lualib.h>

static bool shows_caught(const struct debugger *debugger) {
    return exceptions_on(debugger) && debugger->exceptions.caught;
}

static int finish(lua_State *L, int status, lua_KContext extra) {
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - (int)extra;
    lua_pushboolean(L, 0);
    lua_pushvalue(L, -2);
    return 2;
}

/* pcall's handler: the error value stays what it is. */
static int show(lua_State *L) {
    exceptions_thrown(debugger_of(L), L, 1, true);
    lua_settop(L, 1);
    return 1;
}

/* Stack: our handler, true, the function, its arguments. */
static int protected_call(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    if (!shows_caught(debugger))
        return debugger->originals.pcall(L);
    luaL_checkany(L, 1);
    debugger->exceptions.reported = false;
    lua_pushcfunction(L, show);
    lua_insert(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 2);
    int status = lua_pcallk(L, lua_gettop(L) - 3, LUA_MULTRET, 1, 1, finish);
    return finish(L, status, 1);
}

/* xpcall's handler: the program's own, an upvalue, after we have looked. */
static int show_and_handle(lua_State *L) {
    exceptions_thrown(debugger_of(L), L, 1, true);
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

/* The closure that the handler needs is ours, and is booked so. */
static void push_handler(lua_State *L, struct debugger *debugger) {
    debugger->account.debugging = true;
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, show_and_handle, 1);
    debugger->account.debugging = false;
}

/* Stack: the function, our handler for the program's, true, the function, its arguments. */
static int protected_call_with_handler(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    int top = lua_gettop(L);
    if (!shows_caught(debugger))
        return debugger->originals.xpcall(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    debugger->exceptions.reported = false;
    push_handler(L, debugger);
    lua_replace(L, 2);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    int status = lua_pcallk(L, top - 2, LUA_MULTRET, 2, 2, finish);
    return finish(L, status, 2);
}

bool library_is_protected_call(lua_CFunction function) {
    return function == protected_call || function == protected_call_with_handler;
}

void library_replace_base(struct debugger *debugger, lua_State *L) {
    debugger->originals.pcall = library_replace(L, LUA_GNAME, "pcall", protected_call);
    debugger->originals.xpcall =
        library_replace(L, LUA_GNAME, "xpcall", protected_call_with_handler);
}
