/* SPDX-License-Identifier: MIT */
/*
 * empty_hook: what any debugger pays at least: for a breakpoint in the running function, a line
 * hook in C that does nothing; to know of one in another function when that is called, such a hook
 * of calls. `lua5.4 -l empty_hook.line program.lua`, or `-l empty_hook.call`
 */
#include <lua.h>

LUAMOD_API int luaopen_empty_hook_line(lua_State *L);
LUAMOD_API int luaopen_empty_hook_call(lua_State *L);

static void nothing(lua_State *L, lua_Debug *event) {
    (void)L;
    (void)event;
}

LUAMOD_API int luaopen_empty_hook_line(lua_State *L) {
    lua_sethook(L, nothing, LUA_MASKLINE, 0);
    return 0;
}

LUAMOD_API int luaopen_empty_hook_call(lua_State *L) {
    lua_sethook(L, nothing, LUA_MASKCALL, 0);
    return 0;
}
