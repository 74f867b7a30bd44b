/* SPDX-License-Identifier: MIT */
/*
 * plain_functions: the C functions of Lua's own libraries that resume no coroutine by themselves: a
 * thread that is in one of them is the innermost that runs. They are most of those that allocate.
 */
#ifndef LUAHEAT_ACCOUNT_PLAIN_FUNCTIONS_H
#define LUAHEAT_ACCOUNT_PLAIN_FUNCTIONS_H

#include "pointer_map.h"

/* By lua_topointer; the same in every state of the process, and made once. NULL: memory is out. */
const struct pointer_map *plain_functions(void);

#endif
