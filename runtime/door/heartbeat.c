/* SPDX-License-Identifier: MIT */
#include "heartbeat.h"

struct beat {
    heartbeat_function *function;
    unsigned number;
};

/* A new one is young, which each collection looks at. Its metatable is at the top of the stack. */
static void push_beat(lua_State *L, struct beat beat) {
    struct beat *next = lua_newuserdatauv(L, sizeof *next, 0);
    *next = beat;
    lua_insert(L, -2);
    lua_setmetatable(L, -2);
}

static int on_collection(lua_State *L) {
    struct beat beat = *(const struct beat *)lua_touserdata(L, 1);
    enum heartbeat next = beat.function(L, beat.number);
    if (next == HEARTBEAT_STOPS)
        return 0;
    lua_getmetatable(L, 1);
    if (next == HEARTBEAT_RESTS)
        lua_setmetatable(L, 1); /* to be finalized again */
    else
        push_beat(L, beat);
    return 0;
}

void heartbeat_start(lua_State *L, heartbeat_function *function, unsigned number) {
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "__gc");
    lua_pushcfunction(L, on_collection);
    lua_rawset(L, -3);
    push_beat(L, (struct beat){function, number});
    lua_pop(L, 1);
}
