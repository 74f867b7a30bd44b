/* SPDX-License-Identifier: MIT */
/*
 * current: what luaheat-lua shows to the module in its process. Weak: where the host is another
 * program they are NULL, all or none.
 *
 * They do what those of here.h do.
 */
#ifndef LUAHEAT_MODULE_CURRENT_H
#define LUAHEAT_MODULE_CURRENT_H

#include "figures.h"

#include <lua.h>

#define LUAHEAT_CURRENT __attribute__((weak, visibility("default")))

LUAHEAT_CURRENT const struct figures *luaheat_current_figures(lua_State *L);
LUAHEAT_CURRENT uint64_t luaheat_current_open(lua_State *L, const char *name);
LUAHEAT_CURRENT const struct window *luaheat_current_close(lua_State *L, const char *name,
                                                           uint64_t number);
LUAHEAT_CURRENT void luaheat_current_lap(lua_State *L, const char *name);
LUAHEAT_CURRENT void luaheat_current_mark(lua_State *L, const char *name);

/* The module itself, for require; luaheat-lua has it inside. */
LUAMOD_API int luaopen_luaheat(lua_State *L);

#endif
