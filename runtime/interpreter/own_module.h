/* SPDX-License-Identifier: MIT */
/*
 * own_module: `require "luaheat"` finds the module in this program: wherever that was put, without
 * a path, and of its own version. Only package.preload comes before it.
 */
#ifndef LUAHEAT_INTERPRETER_OWN_MODULE_H
#define LUAHEAT_INTERPRETER_OWN_MODULE_H

#include <lua.h>

/* Once the libraries are open. Pushes what it has replaced in package.searchers: whoever keeps that
   has not changed a byte of the heap. */
void own_module_offer(lua_State *L);

#endif
