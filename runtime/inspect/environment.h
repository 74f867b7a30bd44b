/* SPDX-License-Identifier: MIT */
/*
 * environment: the _ENV of code that is evaluated in a frame: an empty table whose metatable finds
 * and assigns the frame's locals and upvalues, and else the fields of the frame's own _ENV. What is
 * declared <const> or <close> cannot be assigned to.
 *
 * A function made by evaluated code may outlive the stop. Its names then mean fields of that _ENV
 * only.
 */
#ifndef LUAHEAT_INSPECT_ENVIRONMENT_H
#define LUAHEAT_INSPECT_ENVIRONMENT_H

#include <lua.h>

struct stop;

/* Pushes a new one. frame: 0 for globals only. Raises Lua errors: to be called in a coroutine of
   the console. */
void environment_push(lua_State *L, struct stop *stop, int frame);

/* The stop is over. */
void environment_end(struct stop *stop);

#endif
