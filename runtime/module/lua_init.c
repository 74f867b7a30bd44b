/* SPDX-License-Identifier: MIT */
#include "lua_init.h"

#include "current.h"
#include "own_init.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* As lua.c: that of this version goes before that of any. Its name is that of the chunk; NULL:
   there is none. */
static const char *find(const char **name) {
    static const char *const names[] = {"=LUA_INIT_" LUA_VERSION_MAJOR "_" LUA_VERSION_MINOR,
                                        "=LUA_INIT"};
    for (int i = 0; i < 2; i++) {
        const char *init = getenv(names[i] + 1);
        *name = names[i];
        if (init != NULL)
            return init;
    }
    return NULL;
}

int luaheat_lua_init(lua_State *L) {
    const char *name;
    own_init_restore();
    lua_pushcfunction(L, luaopen_luaheat);
    lua_call(L, 0, 0);
    const char *init = find(&name);
    if (init == NULL)
        return 0;
    int status =
        init[0] == '@' ? luaL_loadfile(L, init + 1) : luaL_loadbuffer(L, init, strlen(init), name);
    if (status != LUA_OK)
        return lua_error(L);
    lua_call(L, 0, 0);
    return 0;
}
