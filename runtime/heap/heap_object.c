/* SPDX-License-Identifier: MIT */
#include "heap_object.h"

#include "account.h"
#include "release.h"

#include <stdlib.h>

/* One without upvalues is not allocated. */
static bool is_light_function(lua_State *L, int index) {
    if (!lua_iscfunction(L, index))
        return false;
    if (lua_getupvalue(L, index, 1) == NULL)
        return true;
    lua_pop(L, 1);
    return false;
}

static bool is_hidden(lua_State *L, int index) {
    const struct thread *thread = threads_of(&account_of(L)->threads, lua_tothread(L, index));
    return thread != NULL && thread->hidden;
}

const void *heap_object(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TFUNCTION:
        return is_light_function(L, index) ? NULL : lua_topointer(L, index);
    case LUA_TTHREAD:
        return is_hidden(L, index) ? NULL : lua_topointer(L, index);
    case LUA_TSTRING:
    case LUA_TTABLE:
    case LUA_TUSERDATA:
        return lua_topointer(L, index);
    default:
        return NULL;
    }
}
