/* SPDX-License-Identifier: MIT */
#include "console.h"

#include "limit.h"
#include "stop.h"

static int spawn(lua_State *L) {
    limit_push_coroutine(L);
    return 1;
}

lua_State *console_spawn(struct stop *stop) {
    lua_pushcfunction(stop->L, spawn);
    if (lua_pcall(stop->L, 0, 1, 0) == LUA_OK)
        return lua_tothread(stop->L, -1);
    lua_pop(stop->L, 1);
    return NULL;
}

bool console_open(struct stop *stop) {
    if (stop->console.keeper == NULL)
        stop->console.keeper = console_spawn(stop);
    return stop->console.keeper != NULL;
}

int console_keep(struct stop *stop, lua_State *L) {
    lua_State *keeper = stop->console.keeper;
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
