/* SPDX-License-Identifier: MIT */
/*
 * heartbeat: a function that is called once in each collection of a Lua state, in the finalizer of
 * a userdata that nobody holds, on whichever thread of the state runs.
 */
#ifndef LUAHEAT_DOOR_HEARTBEAT_H
#define LUAHEAT_DOOR_HEARTBEAT_H

#include <lua.h>

enum heartbeat {
    HEARTBEAT_STOPS,
    HEARTBEAT_RESTS, /* allocates nothing, and may be called less often */
    HEARTBEAT_GOES_ON
};

/* On L, on which it may use a few stack slots; number: as it was started with. */
typedef enum heartbeat heartbeat_function(lua_State *L, unsigned number);

/* May throw Lua's error of memory. */
void heartbeat_start(lua_State *L, heartbeat_function *function, unsigned number);

#endif
