/* SPDX-License-Identifier: MIT */
/*
 * current: what luaheat-lua shows to the module in its process. Weak: where the host is another
 * program they are NULL, all or none.
 *
 * In a C function that L runs. Names are NUL-terminated UTF-8.
 */
#ifndef LUAHEAT_MODULE_CURRENT_H
#define LUAHEAT_MODULE_CURRENT_H

#include "figures.h"

#include <lua.h>

#define LUAHEAT_CURRENT __attribute__((weak, visibility("default")))

/* The figures that L is booked in; NULL: memory is off. */
LUAHEAT_CURRENT const struct figures *luaheat_current_figures(lua_State *L);

/* A window of the measurement of that name opens: its number, 0 if it does not. */
LUAHEAT_CURRENT uint64_t luaheat_current_open(lua_State *L, const char *name);

/* It closes; NULL if it was none. What is returned stays for WINDOWS_KEPT windows. */
LUAHEAT_CURRENT const struct window *luaheat_current_close(lua_State *L, const char *name,
                                                           uint64_t number);

/* The measurement's last window closes and the next opens. */
LUAHEAT_CURRENT void luaheat_current_lap(lua_State *L, const char *name);

/* The module itself, for require; luaheat-lua has it inside. */
LUAMOD_API int luaopen_luaheat(lua_State *L);

#endif
