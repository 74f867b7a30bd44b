/* SPDX-License-Identifier: MIT */
#include "library.h"

lua_CFunction library_replace(lua_State *L, const char *library, const char *name,
                              lua_CFunction front) {
    lua_CFunction original = NULL;
    lua_getglobal(L, library);
    if (lua_istable(L, -1)) {
        lua_getfield(L, -1, name);
        original = lua_tocfunction(L, -1);
        lua_pop(L, 1);
        if (original != NULL) {
            lua_pushcfunction(L, front);
            lua_setfield(L, -2, name);
        }
    }
    lua_pop(L, 1);
    return original;
}
