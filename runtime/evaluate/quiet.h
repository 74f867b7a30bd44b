/* SPDX-License-Identifier: MIT */
/*
 * quiet: evaluates an expression so that nothing of the program runs: what operators, indexing and
 * comparisons give without a metamethod that is a function. Lua itself computes it; a hook refuses
 * every call before it begins. An expression without calls comes to an end, and a string that it
 * joins is of QUIET_BYTES at most.
 */
#ifndef LUAHEAT_EVALUATE_QUIET_H
#define LUAHEAT_EVALUATE_QUIET_H

#include <lua.h>

enum { QUIET_BYTES = 1 << 20 };

/* Puts the hook of a coroutine under a limit (limit.h) in place of that one's: from here on it is
   an error to call there anything but the expression, which is on top of the stack, compiled from
   this text. */
void quiet_begin(lua_State *co, const char *text);

/* An error: why it is not shown. */
void quiet_refuse(lua_State *co, const char *why);

#endif
