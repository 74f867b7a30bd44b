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

static void *remember_userdata(void *ud, void *ptr, size_t osize, size_t nsize) {
    if (nsize == 0) {
        free(ptr);
        return NULL;
    }
    void *block = realloc(ptr, nsize);
    if (ptr == NULL && osize == LUA_TUSERDATA)
        *(void **)ud = block;
    return block;
}

struct measuring {
    struct heap_layout *layout;
    void *block;
};

static int make_userdata(lua_State *L) {
    struct measuring *measuring = lua_touserdata(L, 1);
    for (int count = 0; count <= 2; count++) {
        const char *bytes = lua_newuserdatauv(L, 1, count);
        measuring->layout->userdata[count] = (size_t)(bytes - (const char *)measuring->block);
    }
    return 0;
}

bool heap_layout_measure(struct heap_layout *layout) {
    struct measuring measuring = {.layout = layout};
    return release_try(remember_userdata, &measuring.block, make_userdata, &measuring) == 0;
}

static int user_values(lua_State *L, int index) {
    int count = 0;
    while (lua_getiuservalue(L, index, count + 1) != LUA_TNONE) {
        lua_pop(L, 1);
        count++;
    }
    lua_pop(L, 1);
    return count;
}

static size_t userdata_offset(const struct heap_layout *layout, int count) {
    const size_t *of = layout->userdata;
    return count < 2 ? of[count] : of[1] + (size_t)(count - 1) * (of[2] - of[1]);
}

uint32_t heap_object_site(const struct heap_layout *layout, lua_State *L, int index) {
    const char *object = lua_topointer(L, index);
    if (lua_type(L, index) == LUA_TTHREAD)
        object -= LUA_EXTRASPACE;
    else if (lua_type(L, index) == LUA_TUSERDATA)
        object -= userdata_offset(layout, user_values(L, index));
    return account_site_of(object);
}
