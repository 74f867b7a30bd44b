/* SPDX-License-Identifier: MIT */
/*
 * here: what the runtime in this file (luaheat-lua, or luaheat.so) measures of a state, for the
 * module. In a C function that L runs. Names are NUL-terminated UTF-8.
 */
#ifndef LUAHEAT_MODULE_HERE_H
#define LUAHEAT_MODULE_HERE_H

#include "figures.h"
#include "windows.h"

#include <lua.h>

/* The figures that L is booked in; NULL: it is not debugged here, or memory is off. The others are
   to be called only if there are such. */
const struct figures *here_figures(lua_State *L);

/* A window of the measurement of that name opens: its number, 0 if it does not. */
uint64_t here_open(lua_State *L, const char *name);

/* It closes; NULL if it was none. What is returned stays for WINDOWS_KEPT windows. */
const struct window *here_close(lua_State *L, const char *name, uint64_t number);

/* The measurement's last window closes and the next opens. */
void here_lap(lua_State *L, const char *name);

/* The window that the last one has opened closes, and one of that name opens; NULL: none. */
void here_mark(lua_State *L, const char *name);

#endif
