/* SPDX-License-Identifier: MIT */
/*
 * current: the one function that luaheat-lua shows to the module in its process. Weak: where the
 * host is another program it is NULL.
 */
#ifndef LUAHEAT_MODULE_CURRENT_H
#define LUAHEAT_MODULE_CURRENT_H

#include "figures.h"

#include <lua.h>

/* The figures that L is booked in; NULL: memory is off. */
__attribute__((weak, visibility("default"))) const struct figures *
luaheat_current_figures(lua_State *L);

#endif
