/* SPDX-License-Identifier: MIT */
#include "value_path.h"

#include "console.h"
#include "frames.h"

void value_paths_init(struct value_paths *paths, lua_State *L, const struct frames *frames,
                      const struct console *console) {
    *paths = (struct value_paths){.L = L, .frames = frames, .console = console};
    handles_init(&paths->items, sizeof(struct value_path), 0);
}

void value_paths_finish(struct value_paths *paths) {
    handles_finish(&paths->items);
}

int value_path_add(struct value_paths *paths, const struct value_path *path) {
    int number = 0;
    struct value_path *added = handles_add(&paths->items, &number);
    if (added != NULL)
        *added = *path;
    return number;
}

const struct value_path *value_path_find(const struct value_paths *paths, int number) {
    return handles_get(&paths->items, number);
}

static bool push_of_frame(const struct value_paths *paths, const struct value_path *path) {
    struct frame frame;
    if (!frames_find(paths->frames, path->of, &frame))
        return false;
    if (path->kind == VALUE_PATH_FUNCTION)
        lua_getinfo(frame.L, "f", &frame.record);
    else if (lua_getlocal(frame.L, &frame.record, path->n) == NULL)
        return false;
    lua_xmove(frame.L, paths->L, 1);
    return true;
}

static bool push_entry(lua_State *L, const struct key *key, int near) {
    if (!lua_istable(L, -1) || !key_push_near(L, lua_gettop(L), key, near))
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
static bool push_inner(const struct value_paths *paths, const struct value_path *path) {
    lua_State *L = paths->L;
    switch (path->kind) {
    case VALUE_PATH_ENTRY:
        return push_entry(L, &path->key, paths->near);
    case VALUE_PATH_METATABLE:
        return lua_getmetatable(L, -1);
    case VALUE_PATH_UPVALUE:
        return lua_isfunction(L, -1) && lua_getupvalue(L, -1, path->n) != NULL;
    default:
        return push_user_value(L, path->n);
    }
}

/* The address may have become another thread's. */
static bool push_thread(const struct value_paths *paths, const struct value_path *path) {
    const struct thread *thread = threads_of(paths->frames->coroutines.threads, path->key.object);
    if (thread == NULL || thread->id != path->n || !lua_checkstack(thread->L, 1))
        return false;
    lua_pushthread(thread->L);
    lua_xmove(thread->L, paths->L, 1);
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

static bool push_root(const struct value_paths *paths, const struct value_path *path) {
    switch (path->kind) {
    case VALUE_PATH_GLOBALS:
        lua_rawgeti(paths->L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
        return true;
    case VALUE_PATH_REGISTRY:
        lua_pushvalue(paths->L, LUA_REGISTRYINDEX);
        return true;
    case VALUE_PATH_ERROR:
        lua_pushvalue(paths->L, paths->error);
        return true;
    case VALUE_PATH_KEPT:
        if (path->n == 0) /* there was no room to keep it */
            return false;
        console_push_kept(paths->console, paths->L, path->n);
        return true;
    case VALUE_PATH_THREAD:
        return push_thread(paths, path);
    case VALUE_PATH_SHARED:
        return push_shared_metatable(paths->L, path->n);
    default:
        return push_of_frame(paths, path);
    }
}

static bool is_inner(const struct value_path *path) {
    return path->kind == VALUE_PATH_ENTRY || path->kind == VALUE_PATH_METATABLE ||
           path->kind == VALUE_PATH_UPVALUE || path->kind == VALUE_PATH_USER_VALUE;
}

bool value_path_push(const struct value_paths *paths, int number) {
    const struct value_path *path = value_path_find(paths, number);
    if (path == NULL)
        return false;
    if (!is_inner(path))
        return push_root(paths, path);
    if (!value_path_push(paths, path->of))
        return false;
    bool there = push_inner(paths, path);
    lua_remove(paths->L, there ? -2 : -1);
    return there;
}

static bool assign_local(const struct value_paths *paths, const struct value_path *path) {
    struct frame frame;
    if (!frames_find(paths->frames, path->of, &frame))
        return false;
    lua_xmove(paths->L, frame.L, 1);
    return lua_setlocal(frame.L, &frame.record, path->n) != NULL;
}

/* In the value on top of the stack, with the new one below; pops the new one if it does it. */
static bool assign_inner(lua_State *L, const struct value_path *path) {
    int container = lua_gettop(L);
    if (path->kind == VALUE_PATH_ENTRY) {
        if (!lua_istable(L, -1) || !key_push(L, container, &path->key))
            return false;
        lua_pushvalue(L, container - 1);
        lua_rawset(L, container);
        return true;
    }
    lua_pushvalue(L, container - 1);
    if (path->kind == VALUE_PATH_UPVALUE && lua_isfunction(L, container))
        return lua_setupvalue(L, container, path->n) != NULL;
    return path->kind == VALUE_PATH_USER_VALUE && lua_type(L, container) == LUA_TUSERDATA &&
           lua_setiuservalue(L, container, path->n);
}

bool value_path_assign(const struct value_paths *paths, const struct value_path *path) {
    int height = lua_gettop(paths->L) - 1;
    bool done = false;
    if (path->kind == VALUE_PATH_LOCAL)
        done = assign_local(paths, path);
    else if (is_inner(path) && value_path_push(paths, path->of))
        done = assign_inner(paths->L, path);
    lua_settop(paths->L, height);
    return done;
}
