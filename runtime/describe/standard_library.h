/* SPDX-License-Identifier: MIT */
/*
 * standard_library: tells Lua's own globals from the user's.
 */
#ifndef LUAHEAT_DESCRIBE_STANDARD_LIBRARY_H
#define LUAHEAT_DESCRIBE_STANDARD_LIBRARY_H

#include <lua.h>
#include <stdbool.h>

/* Is the global with this name and value Lua's own? One that the user has replaced by a Lua
   function or a value of another type is not. */
bool standard_library_has(lua_State *L, int name, int value);

#endif
