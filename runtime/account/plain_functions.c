/* SPDX-License-Identifier: MIT */
#include "plain_functions.h"

#include "release.h"

#include <lauxlib.h>
#include <lualib.h>
#include <pthread.h>

/* All are light C functions, whose address does not depend on the state. */
static void add_all(lua_State *L, struct pointer_map *map) {
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        if (lua_iscfunction(L, -1) && pointer_map_put(map, lua_topointer(L, -1), map) != 0)
            luaL_error(L, "not enough memory");
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static int add_libraries(lua_State *L) {
    static const luaL_Reg libraries[] = {{LUA_GNAME, luaopen_base},
                                         {LUA_STRLIBNAME, luaopen_string},
                                         {LUA_TABLIBNAME, luaopen_table}};
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        luaL_requiref(L, libraries[i].name, libraries[i].func, 0);
        add_all(L, lua_touserdata(L, 1));
    }
    return 0;
}

const struct pointer_map *plain_functions(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct pointer_map functions;
    pthread_mutex_lock(&lock);
    bool made = functions.count > 0 || release_try(NULL, NULL, add_libraries, &functions) == 0;
    if (!made)
        pointer_map_finish(&functions);
    pthread_mutex_unlock(&lock);
    return made ? &functions : NULL;
}
