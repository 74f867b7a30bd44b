/* SPDX-License-Identifier: MIT */
/*
 * debugging: the part of the module that lets a debugger in (docs/module.md):
 *
 *   listen{path=, name=, wait=}  -> the path of the socket where it waits for one, or nil, why not
 *   connect{path=, wait=}        -> true, or nil and why not: goes to one that waits
 *   wait([seconds])              -> true once one has come and lets the program run, else false
 *   stop()                          nobody debugs it any more, and nobody can
 */
#ifndef LUAHEAT_MODULE_DEBUGGING_H
#define LUAHEAT_MODULE_DEBUGGING_H

#include <lauxlib.h>

enum { DEBUGGING_FUNCTIONS = 4 };

extern const luaL_Reg debugging_functions[DEBUGGING_FUNCTIONS + 1];

/* The module is loaded: an adapter that has started this process waits for it. */
void debugging_join(lua_State *L);

#endif
