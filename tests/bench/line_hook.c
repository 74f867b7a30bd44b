/* SPDX-License-Identifier: MIT */
/*
 * line_hook: what any debugger pays at least that has a breakpoint in the running function: a line
 * hook in C that does nothing. `lua5.4 -l line_hook program.lua`
 */
#include <lua.h>

LUAMOD_API int luaopen_line_hook(lua_State *L);

static void nothing(lua_State *L, lua_Debug *event) {
    (void)L;
    (void)event;
}

LUAMOD_API int luaopen_line_hook(lua_State *L) {
    lua_sethook(L, nothing, LUA_MASKLINE, 0);
    return 0;
}
