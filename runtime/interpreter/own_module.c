/* SPDX-License-Identifier: MIT */
/*
 * A searcher of our own would be one more object, and one more line in the message of what is not
 * found. So ours stands in front of the first of Lua's, the one of package.preload. That is a
 * closure as they all are, but its function makes no use of its upvalue: it can be called in our
 * frame, and ours needs none.
 */
#include "own_module.h"

#include "current.h"
#include "here.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

enum { FIRST = 1, FOUND = 2 /* results: a loader and where it is from */ };

static lua_CFunction search_preload; /* in all states of this process the same */

static int search(lua_State *L) {
    int results = search_preload(L);
    if (results == FOUND || strcmp(lua_tostring(L, 1), "luaheat") != 0)
        return results;
    lua_pushcfunction(L, luaopen_luaheat);
    lua_pushliteral(L, ":luaheat-lua:"); /* as ":preload:" */
    return FOUND;
}

void own_module_offer(lua_State *L) {
    lua_getglobal(L, LUA_LOADLIBNAME);
    lua_getfield(L, -1, "searchers");
    lua_remove(L, -2);
    lua_rawgeti(L, -1, FIRST);
    search_preload = lua_tocfunction(L, -1);
    lua_pushcfunction(L, search);
    lua_rawseti(L, -3, FIRST);
    lua_remove(L, -2);
}

/* ---- what the module finds of the program: current.h ---- */

const struct figures *luaheat_current_figures(lua_State *L) {
    return here_figures(L);
}

uint64_t luaheat_current_open(lua_State *L, const char *name) {
    return here_open(L, name);
}

const struct window *luaheat_current_close(lua_State *L, const char *name, uint64_t number) {
    return here_close(L, name, number);
}

void luaheat_current_lap(lua_State *L, const char *name) {
    here_lap(L, name);
}

void luaheat_current_mark(lua_State *L, const char *name) {
    here_mark(L, name);
}
