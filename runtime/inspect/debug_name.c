/* SPDX-License-Identifier: MIT */
#include "debug_name.h"

#include "chain.h"
#include "environment.h"
#include "stop.h"

#include <lauxlib.h>
#include <lualib.h>

/* Lua's own, taken from a state of its own. NULL if memory is out. */
static lua_CFunction original(const char *function) {
    lua_State *scratch = luaL_newstate();
    lua_CFunction found = NULL;
    if (scratch == NULL)
        return NULL;
    lua_pushcfunction(scratch, luaopen_debug);
    if (lua_pcall(scratch, 0, 1, 0) == LUA_OK && lua_istable(scratch, -1)) {
        lua_pushstring(scratch, function);
        lua_rawget(scratch, -2);
        found = lua_tocfunction(scratch, -1);
    }
    lua_close(scratch);
    return found;
}

/* What the name leads to in the frame. NULL if that is no function of C. */
static lua_CFunction present(struct stop *stop, int frame, const char *function) {
    struct words expression = {0};
    struct place place;
    lua_CFunction found = NULL;
    words_print(&expression, "debug.%s", function);
    if (chain_find(stop, frame, words_text(&expression), &place)) {
        found = lua_tocfunction(stop->L, -1);
        lua_pop(stop->L, 1);
    }
    words_finish(&expression);
    return found;
}

const char *debug_name(struct stop *stop, int frame, const char *function) {
    lua_CFunction found = present(stop, frame, function);
    return found != NULL && found == original(function) ? "debug" : ENVIRONMENT_DEBUG;
}
