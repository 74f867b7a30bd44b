/* SPDX-License-Identifier: MIT */
#include "scratch.h"

#include <errno.h>
#include <stdlib.h>

static void *allocate(void *ud, void *ptr, size_t osize, size_t nsize) {
    (void)ud;
    (void)osize;
    if (nsize > 0)
        return realloc(ptr, nsize);
    free(ptr);
    return NULL;
}

int scratch_run(lua_Alloc allocator, void *ud, lua_CFunction function, void *data) {
    lua_State *L = lua_newstate(allocator != NULL ? allocator : allocate, ud);
    if (L == NULL)
        return -ENOMEM;
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, data);
    int status = lua_pcall(L, 1, 0, 0);
    lua_close(L);
    return status == LUA_OK ? 0 : -ENOMEM;
}
