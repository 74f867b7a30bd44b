/* SPDX-License-Identifier: MIT */
/* Lua source: its map of lines must be what lua_getinfo("L") says of each of its functions, those
   that can be reached without running it: the main one. */
#include "line_map.h"
#include "fuzz.h"

#include <assert.h>
#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

static bool is_of_main(const struct line_map *map, int line) {
    const struct line_entry *entry = line_map_at(map, line);
    while (entry != NULL && entry < line_map_end(map) && entry->line == line) {
        if (entry->function == 0)
            return true;
        entry++;
    }
    return false;
}

/* On top of the stack: the set of its active lines. */
static void check_active(lua_State *L, const struct line_map *map) {
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        assert(is_of_main(map, (int)lua_tointeger(L, -2)));
        lua_pop(L, 1);
    }
}

static void check_sorted(const struct line_map *map) {
    for (size_t i = 1; i < map->count; i++) {
        const struct line_entry *before = &map->items[i - 1], *now = &map->items[i];
        assert(before->line < now->line ||
               (before->line == now->line && before->function < now->function));
    }
}

/* The function is on top of the stack. */
static void check_function(lua_State *L) {
    struct line_map map;
    lua_Debug info;
    assert(line_map_of_function(&map, L) == 0);
    check_sorted(&map);
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">L", &info);
    check_active(L, &map);
    line_map_finish(&map);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    lua_State *L = luaL_newstate();
    assert(L != NULL);
    if (luaL_loadbufferx(L, (const char *)data, size, "=fuzzed", "t") == LUA_OK)
        check_function(L);
    lua_close(L);
    return 0;
}
