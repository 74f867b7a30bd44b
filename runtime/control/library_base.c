/* SPDX-License-Identifier: MIT */
/* The protected calls do what lbaselib.c's do, with a message handler of ours, while somebody
   debugs; else they are Lua's own. The filter for caught errors may be set when they have long
   begun, and whoever debugs may leave meanwhile. */
#include "exceptions.h"
#include "library.h"

#include <lauxlib.h>
#include <lualib.h>

static bool is_debugged(const struct debugger *debugger) {
    return debugger != NULL && debugger->attached;
}

static int finish(lua_State *L, int status, lua_KContext extra) {
    struct debugger *debugger = debugger_of(L);
    if (debugger != NULL)
        debugger->exceptions.handling = 0;
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - (int)extra;
    lua_pushboolean(L, 0);
    lua_pushvalue(L, -2);
    return 2;
}

/* Stack: our handler, true, the function, its arguments. */
static int protected_call(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    if (!is_debugged(debugger))
        return library_originals.pcall(L);
    luaL_checkany(L, 1);
    debugger->exceptions.reported = false;
    lua_pushcfunction(L, exceptions_show);
    lua_insert(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 2);
    int status = lua_pcallk(L, lua_gettop(L) - 3, LUA_MULTRET, 1, 1, finish);
    return finish(L, status, 1);
}

/* xpcall's handlers: the program's, after we have looked. debug.traceback runs in the frame of
   ours, so that its text is what it would be. */
static int show_and_trace(lua_State *L) {
    exceptions_show(L);
    return library_originals.traceback(L);
}

/* The program's is an upvalue. When it fails itself, it handles that error too, and so on until the
   C stack is full: the first one is enough to see. */
static int show_and_handle(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    int handling = debugger != NULL ? debugger->exceptions.handling++ : 0;
    if (handling < 2)
        exceptions_show(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    debugger = debugger_of(L);
    if (debugger != NULL)
        debugger->exceptions.handling = handling;
    return 1;
}

/* The program's is the argument. */
static int wrap_handler(lua_State *L) {
    lua_pushcclosure(L, show_and_handle, 1);
    return 1;
}

/* Pushes ours in front of the program's handler, a closure that is booked as ours; the program's
   alone if there is no memory for it. */
static void push_wrapped_handler(lua_State *L, struct debugger *debugger) {
    lua_pushcfunction(L, wrap_handler);
    lua_pushvalue(L, 2);
    if (account_call(&debugger->account, L, 1, 1) == LUA_OK)
        return;
    lua_pop(L, 1);
    lua_pushvalue(L, 2);
}

/* Pushes what handles errors for the program's handler at index 2. Another than debug.traceback
   sees a frame of ours below it, so it is left alone unless somebody asks for caught errors. */
static void push_handler(lua_State *L, struct debugger *debugger) {
    if (lua_tocfunction(L, 2) == library_originals.traceback)
        lua_pushcfunction(L, show_and_trace);
    else if (debugger->exceptions.caught)
        push_wrapped_handler(L, debugger);
    else
        lua_pushvalue(L, 2);
}

/* Stack: the function, the handler, true, the function, its arguments. */
static int protected_call_with_handler(lua_State *L) {
    struct debugger *debugger = debugger_of(L);
    int top = lua_gettop(L);
    if (!is_debugged(debugger))
        return library_originals.xpcall(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    debugger->exceptions.reported = false;
    push_handler(L, debugger);
    lua_replace(L, 2);
    lua_settop(L, top);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    int status = lua_pcallk(L, top - 2, LUA_MULTRET, 2, 2, finish);
    return finish(L, status, 2);
}

bool library_is_our_handler(lua_CFunction function) {
    return function == exceptions_show || function == show_and_handle;
}

const struct library_front library_base_fronts[] = {
    {&library_originals.pcall, protected_call},
    {&library_originals.xpcall, protected_call_with_handler},
    {NULL, NULL},
};
