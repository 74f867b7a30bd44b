/* SPDX-License-Identifier: MIT */
#include "console.h"

#include "limit.h"

static int spawn(lua_State *L) {
    limit_push_coroutine(L);
    return 1;
}

lua_State *console_spawn(lua_State *L) {
    lua_pushcfunction(L, spawn);
    if (lua_pcall(L, 0, 1, 0) == LUA_OK)
        return lua_tothread(L, -1);
    lua_pop(L, 1);
    return NULL;
}

bool console_open(struct console *console, lua_State *L) {
    if (console->keeper == NULL)
        console->keeper = console_spawn(L);
    return console->keeper != NULL;
}

int console_keep(const struct console *console, lua_State *L) {
    lua_State *keeper = console->keeper;
    if (!lua_checkstack(keeper, 2)) /* one more, for taking a copy out */
        return 0;
    lua_pushvalue(L, -1);
    lua_xmove(L, keeper, 1);
    return lua_gettop(keeper);
}

void console_push_kept(const struct console *console, lua_State *L, int number) {
    lua_pushvalue(console->keeper, number);
    lua_xmove(console->keeper, L, 1);
}
