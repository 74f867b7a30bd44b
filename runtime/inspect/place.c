/* SPDX-License-Identifier: MIT */
#include "place.h"

#include "frames.h"
#include "stop.h"

int place_add(struct stop *stop, const struct place *place) {
    int number = 0;
    struct place *added = handles_add(&stop->places, &number);
    if (added != NULL)
        *added = *place;
    return number;
}

static bool push_of_frame(const struct stop *stop, const struct place *place) {
    struct frame frame;
    if (!frames_find(stop, place->of, &frame))
        return false;
    if (place->kind == PLACE_FUNCTION)
        lua_getinfo(frame.L, "f", &frame.record);
    else if (lua_getlocal(frame.L, &frame.record, place->n) == NULL)
        return false;
    lua_xmove(frame.L, stop->L, 1);
    return true;
}

static bool push_entry(lua_State *L, const struct key *key) {
    if (!lua_istable(L, -1) || !key_push(L, lua_gettop(L), key))
        return false;
    lua_rawget(L, -2);
    return true;
}

static bool push_user_value(lua_State *L, int n) {
    if (lua_type(L, -1) != LUA_TUSERDATA)
        return false;
    if (lua_getiuservalue(L, -1, n) != LUA_TNONE)
        return true;
    lua_pop(L, 1);
    return false;
}

/* What lies in the value on top of the stack. */
static bool push_inner(lua_State *L, const struct place *place) {
    switch (place->kind) {
    case PLACE_ENTRY:
        return push_entry(L, &place->key);
    case PLACE_METATABLE:
        return lua_getmetatable(L, -1);
    case PLACE_UPVALUE:
        return lua_isfunction(L, -1) && lua_getupvalue(L, -1, place->n) != NULL;
    default:
        return push_user_value(L, place->n);
    }
}

/* The address may have become another thread's. */
static bool push_thread(const struct stop *stop, const struct place *place) {
    const struct thread *thread = threads_of(&stop->account->threads, place->key.object);
    if (thread == NULL || thread->id != place->n || !lua_checkstack(thread->L, 1))
        return false;
    lua_pushthread(thread->L);
    lua_xmove(thread->L, stop->L, 1);
    return true;
}

static int nothing(lua_State *L) {
    return 0;
}

/* Some value of the type, without allocating one. False if there is none at hand. */
static bool push_specimen(lua_State *L, int type) {
    if (type == LUA_TNIL)
        lua_pushnil(L);
    else if (type == LUA_TBOOLEAN)
        lua_pushboolean(L, 0);
    else if (type == LUA_TNUMBER)
        lua_pushinteger(L, 0);
    else if (type == LUA_TFUNCTION)
        lua_pushcfunction(L, nothing);
    else if (type == LUA_TTHREAD)
        lua_pushthread(L);
    else if (type == LUA_TLIGHTUSERDATA)
        lua_pushlightuserdata(L, L);
    else
        return false;
    return true;
}

/* A string is taken from the registry's keys. */
static bool push_string(lua_State *L) {
    lua_pushnil(L);
    while (lua_next(L, LUA_REGISTRYINDEX)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING)
            return true;
    }
    return false;
}

static bool push_shared_metatable(lua_State *L, int type) {
    if (type == LUA_TSTRING ? !push_string(L) : !push_specimen(L, type))
        return false;
    bool has = lua_getmetatable(L, -1);
    lua_remove(L, has ? -2 : -1);
    return has;
}

static bool push_root(const struct stop *stop, const struct place *place) {
    switch (place->kind) {
    case PLACE_GLOBALS:
        lua_rawgeti(stop->L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
        return true;
    case PLACE_REGISTRY:
        lua_pushvalue(stop->L, LUA_REGISTRYINDEX);
        return true;
    case PLACE_ERROR:
        lua_pushvalue(stop->L, stop->error.index);
        return true;
    case PLACE_KEPT:
        if (place->n == 0) /* there was no room to keep it */
            return false;
        console_push_kept(stop, place->n);
        return true;
    case PLACE_THREAD:
        return push_thread(stop, place);
    case PLACE_SHARED:
        return push_shared_metatable(stop->L, place->n);
    default:
        return push_of_frame(stop, place);
    }
}

static bool is_inner(const struct place *place) {
    return place->kind == PLACE_ENTRY || place->kind == PLACE_METATABLE ||
           place->kind == PLACE_UPVALUE || place->kind == PLACE_USER_VALUE;
}

bool place_push(const struct stop *stop, int number) {
    const struct place *place = handles_get(&stop->places, number);
    if (place == NULL)
        return false;
    if (!is_inner(place))
        return push_root(stop, place);
    if (!place_push(stop, place->of))
        return false;
    bool there = push_inner(stop->L, place);
    lua_remove(stop->L, there ? -2 : -1);
    return there;
}

static bool assign_local(const struct stop *stop, const struct place *place) {
    struct frame frame;
    if (!frames_find(stop, place->of, &frame))
        return false;
    lua_xmove(stop->L, frame.L, 1);
    return lua_setlocal(frame.L, &frame.record, place->n) != NULL;
}

/* In the value on top of the stack, with the new one below; pops the new one if it does it. */
static bool assign_inner(lua_State *L, const struct place *place) {
    int container = lua_gettop(L);
    if (place->kind == PLACE_ENTRY) {
        if (!lua_istable(L, -1) || !key_push(L, container, &place->key))
            return false;
        lua_pushvalue(L, container - 1);
        lua_rawset(L, container);
        return true;
    }
    lua_pushvalue(L, container - 1);
    if (place->kind == PLACE_UPVALUE && lua_isfunction(L, container))
        return lua_setupvalue(L, container, place->n) != NULL;
    return place->kind == PLACE_USER_VALUE && lua_type(L, container) == LUA_TUSERDATA &&
           lua_setiuservalue(L, container, place->n);
}

bool place_assign(const struct stop *stop, const struct place *place) {
    int height = lua_gettop(stop->L) - 1;
    bool done = false;
    if (place->kind == PLACE_LOCAL)
        done = assign_local(stop, place);
    else if (is_inner(place) && place_push(stop, place->of))
        done = assign_inner(stop->L, place);
    lua_settop(stop->L, height);
    return done;
}
