/* SPDX-License-Identifier: MIT */
/*
 * closing: errors of the __close handlers that run when a coroutine is closed.
 *
 * Lua closes a coroutine without a message handler, and when it is done the stack of the error is
 * gone. So while it does, the metatables of what waits to be closed have a handler of ours in front
 * of the program's, which calls that one protected.
 */
#ifndef LUAHEAT_CONTROL_CLOSING_H
#define LUAHEAT_CONTROL_CLOSING_H

#include "debugger.h"

/* Puts ours in front, in the metatables of all values on the stack of `co`, which L is about to
   close. Pushes what closing_end wants on L's stack: nil, if nobody asks for caught errors. */
void closing_begin(struct debugger *debugger, lua_State *L, lua_State *co);

/* Restores the metatables. What closing_begin has pushed is at this (positive) index, and stays. */
void closing_end(lua_State *L, int index);

#endif
