/* SPDX-License-Identifier: MIT */
/* descriptors: what daemons do with those that they do not know. */
#include <lauxlib.h>
#include <unistd.h>

static int close_one(lua_State *L) {
    lua_pushboolean(L, close((int)luaL_checkinteger(L, 1)) == 0);
    return 1;
}

int luaopen_descriptors(lua_State *L);

int luaopen_descriptors(lua_State *L) {
    static const luaL_Reg functions[] = {{"close", close_one}, {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}
