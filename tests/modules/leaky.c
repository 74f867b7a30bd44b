/* SPDX-License-Identifier: MIT */
/* leak(): memory that nobody can free any more, for tests of what sees such things. */
#include <lauxlib.h>
#include <stdlib.h>

static int leak(lua_State *L) {
    lua_pushboolean(L, malloc(1000) != NULL);
    return 1;
}

int luaopen_leaky(lua_State *L);

int luaopen_leaky(lua_State *L) {
    lua_pushcfunction(L, leak);
    return 1;
}
