/* SPDX-License-Identifier: MIT */
/*
 * lua_init: how the module comes into a stock lua5.4 that the adapter has started, or that was
 * started by what it has: in place of the user's LUA_INIT (link/link.h).
 *
 * What the script can see of it: package.cpath is longer by a folder, package.loadlib has opened
 * the module, and where the user's LUA_INIT fails the traceback is longer.
 */
#ifndef LUAHEAT_MODULE_LUA_INIT_H
#define LUAHEAT_MODULE_LUA_INIT_H

#include <lua.h>

/* Joins who has started the process, then does what the user's own LUA_INIT says, as lua.c does. */
LUAMOD_API int luaheat_lua_init(lua_State *L);

#endif
