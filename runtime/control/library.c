/* SPDX-License-Identifier: MIT */
#include "library.h"

lua_CFunction library_find(lua_State *L, const char *library, const char *name) {
    lua_CFunction found = NULL;
    lua_getglobal(L, library);
    if (lua_istable(L, -1)) {
        lua_getfield(L, -1, name);
        found = lua_tocfunction(L, -1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return found;
}

lua_CFunction library_replace(lua_State *L, const char *library, const char *name,
                              lua_CFunction front) {
    lua_CFunction original = library_find(L, library, name);
    if (original == NULL)
        return NULL;
    lua_getglobal(L, library);
    lua_pushcfunction(L, front);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
    return original;
}
