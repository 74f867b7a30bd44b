/* SPDX-License-Identifier: MIT */
#include "harmless.h"

#include "release.h"

#include <lauxlib.h>
#include <lualib.h>
#include <pthread.h>
#include <stddef.h>

static const char *const names[][2] = {
    {LUA_GNAME, "rawequal"},        {LUA_GNAME, "rawget"},      {LUA_GNAME, "rawlen"},
    {LUA_GNAME, "tonumber"},        {LUA_GNAME, "type"},        {LUA_MATHLIBNAME, "abs"},
    {LUA_MATHLIBNAME, "ceil"},      {LUA_MATHLIBNAME, "floor"}, {LUA_MATHLIBNAME, "fmod"},
    {LUA_MATHLIBNAME, "max"},       {LUA_MATHLIBNAME, "min"},   {LUA_MATHLIBNAME, "sqrt"},
    {LUA_MATHLIBNAME, "tointeger"}, {LUA_MATHLIBNAME, "type"},  {LUA_MATHLIBNAME, "ult"},
    {LUA_STRLIBNAME, "len"}};

enum { COUNT = sizeof names / sizeof *names };

static const void *functions[COUNT];

static int find(lua_State *L) {
    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
    for (int i = 0; i < COUNT; i++) {
        lua_getglobal(L, names[i][0]);
        lua_getfield(L, -1, names[i][1]);
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

bool harmless_is(const void *function) {
    for (int i = 0; i < COUNT; i++)
        if (functions[i] == function)
            return true;
    return false;
}
