/* SPDX-License-Identifier: MIT */
/*
 * luaheat.so: what `require "luaheat"` gives a program. Under luaheat-lua it asks the runtime it
 * runs in; anywhere else every function answers nil, so that a program may keep its calls.
 *
 *   luaheat.heap()   -> bytes alive, bytes at the peak
 */
#include "current.h"

#include <lauxlib.h>

/* The figures of the runtime that runs L, NULL if there is none. */
static const struct figures *figures_of(lua_State *L) {
    return luaheat_current_figures != NULL ? luaheat_current_figures(L) : NULL;
}

static int heap(lua_State *L) {
    const struct figures *figures = figures_of(L);
    if (figures == NULL)
        return 0;
    lua_pushinteger(L, (lua_Integer)figures->live);
    lua_pushinteger(L, (lua_Integer)figures->peak);
    return 2;
}

static const luaL_Reg functions[] = {
    {"heap", heap},
    {NULL, NULL},
};

LUAMOD_API int luaopen_luaheat(lua_State *L);

LUAMOD_API int luaopen_luaheat(lua_State *L) {
    luaL_newlib(L, functions);
    return 1;
}
