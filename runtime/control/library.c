/* SPDX-License-Identifier: MIT */
#include "library.h"

#include "key.h"
#include "release.h"

#include <errno.h>
#include <lauxlib.h>
#include <lualib.h>
#include <pthread.h>
#include <string.h>

struct library_originals library_originals;

/* ---- what is Lua's own ---- */

static const struct {
    const char *library, *name;
    lua_CFunction *function;
} own[] = {
    {LUA_COLIBNAME, "resume", &library_originals.resume},
    {LUA_COLIBNAME, "wrap", &library_originals.wrap},
    {LUA_COLIBNAME, "close", &library_originals.close},
    {LUA_GNAME, "pcall", &library_originals.pcall},
    {LUA_GNAME, "xpcall", &library_originals.xpcall},
    {LUA_GNAME, "load", &library_originals.load},
    {LUA_DBLIBNAME, "sethook", &library_originals.sethook},
    {LUA_DBLIBNAME, "gethook", &library_originals.gethook},
    {LUA_DBLIBNAME, "traceback", &library_originals.traceback},
    {LUA_OSLIBNAME, "exit", &library_originals.exit},
};

static int nothing(lua_State *L) {
    (void)L;
    return 0;
}

/* The function behind a wrapped coroutine, and the hook of debug.sethook, are in no table. */
static void show_hidden(lua_State *L) {
    lua_pushcfunction(L, library_originals.wrap);
    lua_pushcfunction(L, nothing);
    lua_call(L, 1, 1);
    library_originals.wrapped = lua_tocfunction(L, -1);
    lua_pushcfunction(L, library_originals.sethook);
    lua_pushcfunction(L, nothing);
    lua_pushliteral(L, "c");
    lua_call(L, 2, 0);
    library_originals.hook = lua_gethook(L);
    lua_sethook(L, NULL, 0, 0);
}

static int show_own(lua_State *L) {
    luaL_requiref(L, LUA_GNAME, luaopen_base, 0);
    luaL_requiref(L, LUA_COLIBNAME, luaopen_coroutine, 0);
    luaL_requiref(L, LUA_DBLIBNAME, luaopen_debug, 0);
    luaL_requiref(L, LUA_OSLIBNAME, luaopen_os, 0);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        lua_getfield(L, -1, own[i].library);
        lua_getfield(L, -1, own[i].name);
        *own[i].function = lua_tocfunction(L, -1);
        lua_pop(L, 2);
    }
    show_hidden(L);
    return 0;
}

static int learn(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static bool known;
    pthread_mutex_lock(&lock);
    if (!known)
        known = release_try(NULL, NULL, show_own, NULL) == 0;
    bool done = known;
    pthread_mutex_unlock(&lock);
    return done ? 0 : -ENOMEM;
}

/* ---- where it stands ---- */

static const struct library_front *const topics[] = {
    library_coroutine_fronts, library_base_fronts, library_debug_fronts, library_os_fronts, NULL,
};

static lua_CFunction front_of(lua_CFunction function) {
    for (const struct library_front *const *topic = topics; *topic != NULL; topic++)
        for (const struct library_front *row = *topic; row->front != NULL; row++)
            if (*row->original == function)
                return row->front;
    return NULL;
}

static lua_CFunction behind(lua_CFunction function) {
    for (const struct library_front *const *topic = topics; *topic != NULL; topic++)
        for (const struct library_front *row = *topic; row->front != NULL; row++)
            if (row->front == function)
                return *row->original;
    return NULL;
}

typedef lua_CFunction exchange(lua_CFunction function);

/* In the table on top, which it pops. A slot that exists takes a light C function without a byte of
   memory. */
static void change_table(lua_State *L, exchange *other) {
    int table = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, table); lua_settop(L, table + 1)) {
        lua_CFunction found = lua_tocfunction(L, -1);
        lua_CFunction wanted = found != NULL ? other(found) : NULL;
        if (wanted == NULL)
            continue;
        lua_pushvalue(L, -2);
        lua_pushcfunction(L, wanted);
        lua_rawset(L, table);
    }
    lua_settop(L, table - 1);
}

/* Pushes the table that stands there by that name, looked up by no more than walking; else nothing.
 */
static bool push_table(lua_State *L, int table, const char *name) {
    if (!key_push_text(L, table, name, strlen(name), 0))
        return false;
    lua_rawget(L, table);
    if (lua_istable(L, -1))
        return true;
    lua_pop(L, 1);
    return false;
}

static void change_libraries(lua_State *L, int table, exchange *other) {
    static const char *const libraries[] = {LUA_GNAME, LUA_COLIBNAME, LUA_DBLIBNAME, LUA_OSLIBNAME};
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
        if (push_table(L, table, libraries[i]))
            change_table(L, other);
}

static void change_all(lua_State *L, exchange *other) {
    int height = lua_gettop(L);
    lua_pushvalue(L, LUA_REGISTRYINDEX);
    if (push_table(L, height + 1, LUA_LOADED_TABLE))
        change_libraries(L, height + 2, other);
    lua_settop(L, height);
    if (lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS) == LUA_TTABLE) {
        change_libraries(L, height + 1, other);
        change_table(L, other);
    }
    lua_settop(L, height);
}

int library_attach(lua_State *L) {
    int error = learn();
    if (error == 0)
        change_all(L, front_of);
    return error;
}

void library_detach(lua_State *L) {
    change_all(L, behind);
}

bool library_catches(lua_CFunction function) {
    const struct library_originals *lua = &library_originals;
    lua_CFunction original = function != NULL ? behind(function) : NULL;
    if (original == NULL)
        original = function;
    return original != NULL && (original == lua->pcall || original == lua->xpcall ||
                                original == lua->resume || original == lua->load);
}
