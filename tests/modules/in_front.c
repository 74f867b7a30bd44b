/* SPDX-License-Identifier: MIT */
/* An allocator in front of the state's own, as modules put there that count or limit memory: put(),
   and take() it away again, which gives how often it was called. */
#include <lauxlib.h>

static lua_Alloc behind;
static void *behind_ud;
static lua_Integer calls;

static void *allocate(void *ud, void *ptr, size_t osize, size_t nsize) {
    (void)ud;
    calls++;
    return behind(behind_ud, ptr, osize, nsize);
}

static int put(lua_State *L) {
    behind = lua_getallocf(L, &behind_ud);
    lua_setallocf(L, allocate, NULL);
    return 0;
}

static int take(lua_State *L) {
    lua_setallocf(L, behind, behind_ud);
    lua_pushinteger(L, calls);
    return 1;
}

static const luaL_Reg functions[] = {{"put", put}, {"take", take}, {NULL, NULL}};

LUAMOD_API int luaopen_in_front(lua_State *L);

LUAMOD_API int luaopen_in_front(lua_State *L) {
    luaL_newlib(L, functions);
    return 1;
}
