/* SPDX-License-Identifier: MIT */
/*
 * own_names: a module with a global function of a name that Luaheat uses as well;
 * own_names.called() tells which of them it calls.
 */
#include <lauxlib.h>

const char *server_init(void);
int luaopen_own_names(lua_State *L);

const char *server_init(void) {
    return "the module's";
}

static int called(lua_State *L) {
    lua_pushstring(L, server_init());
    return 1;
}

static const luaL_Reg functions[] = {{"called", called}, {NULL, NULL}};

int luaopen_own_names(lua_State *L) {
    luaL_newlib(L, functions);
    return 1;
}
