/* SPDX-License-Identifier: MIT */
#include "probe.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The state of the probe asks for nothing like that but where a stack is to become that large. */
enum { LARGE = 1 << 20 };

static const char no_memory[] = "not enough memory";

struct probe {
    void *first; /* the first block, which holds the main thread */
    size_t most; /* the largest that was asked for */
};

static void *allocate(void *ud, void *block, size_t old_size, size_t size) {
    struct probe *probe = ud;
    if (size == 0) {
        free(block);
        return NULL;
    }
    if (size > probe->most)
        probe->most = size;
    void *grown = size > LARGE ? NULL : realloc(block, size);
    if (probe->first == NULL)
        probe->first = grown;
    return grown;
}

/* Whether Lua would make the stack that much larger. Where it may not, it asks for no memory, or
   for that of an error's stack, some 200 slots more. */
static bool grows(lua_State *L, struct probe *probe, size_t slots) {
    enum { SLOT = 2 * sizeof(lua_Number), ROOM = 100 };
    probe->most = 0;
    lua_checkstack(L, (int)slots);
    return probe->most >= slots * SLOT && probe->most < (slots + ROOM) * SLOT;
}

/* Of Lua's numbers, and which Lua it says it is. */
static int check_version(lua_State *L) {
    luaL_checkversion(L);
    return 0;
}

/* Of the names of chunks: how long is one that was cut, its NUL included? */
static const char *compare_names(lua_State *L) {
    static union {
        lua_Debug record;
        char room[sizeof(lua_Debug) + 4096];
    } info;
    char name[2048] = "@";
    memset(name + 1, 'x', sizeof name - 2);
    name[sizeof name - 1] = '\0';
    if (luaL_loadbuffer(L, "", 0, name) != LUA_OK)
        return no_memory;
    lua_getinfo(L, ">S", &info.record);
    size_t size = strlen(info.room + offsetof(lua_Debug, short_src)) + 1;
    return size == LUA_IDSIZE ? NULL : "its LUA_IDSIZE is another one";
}

static const char *compare(lua_State *L, struct probe *probe) {
    static char text[256];
    lua_pushcfunction(L, check_version);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
        snprintf(text, sizeof text, "%s", lua_tostring(L, -1));
        return text;
    }
    if ((char *)L - (char *)probe->first != LUA_EXTRASPACE)
        return "its LUA_EXTRASPACE is another one";
    if (!grows(L, probe, LUAI_MAXSTACK - 1000) || grows(L, probe, LUAI_MAXSTACK))
        return "its LUAI_MAXSTACK is another one";
    return compare_names(L);
}

const char *probe_problem(void) {
    struct probe probe = {0};
    lua_State *L = lua_newstate(allocate, &probe);
    if (L == NULL)
        return no_memory;
    const char *problem = compare(L, &probe);
    lua_close(L);
    return problem;
}
