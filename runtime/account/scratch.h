/* SPDX-License-Identifier: MIT */
/*
 * scratch: a Lua state for a moment, to find out by it what Lua does or says. In a protected call:
 * where memory is short, lua5.4 goes on, and so must we.
 */
#ifndef LUAHEAT_ACCOUNT_SCRATCH_H
#define LUAHEAT_ACCOUNT_SCRATCH_H

#include <lua.h>

/* Calls the function with data as its argument, a light userdata, in a state of that allocator
   (NULL: one like Lua's own). 0, or -ENOMEM: it has not come to its end. */
int scratch_run(lua_Alloc allocator, void *ud, lua_CFunction function, void *data);

#endif
