/* SPDX-License-Identifier: MIT */
/*
 * door: the way of a debugger into a Lua state of somebody else's program. One a state. While
 * nobody is attached the state has its own allocator and hooks; there are a listening socket,
 * LINK_SIGNAL, which says that somebody is there, and a small userdata that every collection finds
 * dead: its finalizer looks, too, and so finds a program whose coroutines the signal cannot reach.
 *
 * Its functions are called in a C function that L runs. They throw Lua's errors of memory, and no
 * others; nothing of the state's that could be a metamethod or was replaced is called.
 */
#ifndef LUAHEAT_DOOR_DOOR_H
#define LUAHEAT_DOOR_DOOR_H

#include "doorway.h"

#include <lua.h>
#include <stdbool.h>

enum { DOOR_PROBLEM_BYTES = DOORWAY_PROBLEM_BYTES };

/* Opens it at that path (doorway_open), or finds it open. The socket's path; NULL: there is none,
   and `problem` says why. */
const char *door_listen(lua_State *L, const char *path, const char *name,
                        char problem[DOOR_PROBLEM_BYTES]);

/* Goes to an adapter that waits at that path. False: nobody is attached now, and `problem` says
   why. */
bool door_connect(lua_State *L, const char *path, char problem[DOOR_PROBLEM_BYTES]);

/* What an adapter that has started this process has handed to it (inherited.h) becomes this
   state's, and waits until the program may run. Without such it does nothing. False: it cannot be
   used, and `problem` says why. */
bool door_join(lua_State *L, char problem[DOOR_PROBLEM_BYTES]);

/* Waits until a debugger is attached and lets the program run. Whether one does; false also if
   nobody can come. milliseconds: below 0: as long as it takes. */
bool door_wait(lua_State *L, int64_t milliseconds);

/* Whoever is attached is so no more, and nobody can be. */
void door_stop(lua_State *L);

#endif
