/* SPDX-License-Identifier: MIT */
#include "harmless.h"

#include "release.h"

#include <lauxlib.h>
#include <lualib.h>
#include <pthread.h>
#include <stddef.h>

static const struct {
    const char *library, *name;
    enum harmless which;
} names[] = {{LUA_GNAME, "type", HARMLESS_TYPE},
             {LUA_MATHLIBNAME, "type", HARMLESS_MATH_TYPE},
             {LUA_STRLIBNAME, "len", HARMLESS_LEN},
             {LUA_GNAME, "rawequal", HARMLESS_OTHER},
             {LUA_GNAME, "rawget", HARMLESS_OTHER},
             {LUA_GNAME, "rawlen", HARMLESS_OTHER},
             {LUA_GNAME, "tonumber", HARMLESS_OTHER},
             {LUA_MATHLIBNAME, "abs", HARMLESS_OTHER},
             {LUA_MATHLIBNAME, "ceil", HARMLESS_OTHER},
             {LUA_MATHLIBNAME, "floor", HARMLESS_OTHER},
             {LUA_MATHLIBNAME, "fmod", HARMLESS_OTHER},
             {LUA_MATHLIBNAME, "max", HARMLESS_OTHER},
             {LUA_MATHLIBNAME, "min", HARMLESS_OTHER},
             {LUA_MATHLIBNAME, "sqrt", HARMLESS_OTHER},
             {LUA_MATHLIBNAME, "tointeger", HARMLESS_OTHER},
             {LUA_MATHLIBNAME, "ult", HARMLESS_OTHER}};

enum { COUNT = sizeof names / sizeof *names };

static const void *functions[COUNT];

static int find(lua_State *L) {
    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
    for (int i = 0; i < COUNT; i++) {
        lua_getglobal(L, names[i].library);
        lua_getfield(L, -1, names[i].name);
        functions[i] = lua_topointer(L, -1);
        lua_pop(L, 2);
    }
    return 0;
}

static void find_all(void) {
    release_try(NULL, NULL, find, NULL);
}

void harmless_find(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, find_all);
}

enum harmless harmless_which(const void *function) {
    for (int i = 0; i < COUNT; i++)
        if (functions[i] == function)
            return names[i].which;
    return HARMLESS_NOT;
}
