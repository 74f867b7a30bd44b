/* SPDX-License-Identifier: MIT */
/*
 * retainers: what retains a value, for code that is evaluated at a stop.
 */
#ifndef LUAHEAT_INSPECT_RETAINERS_H
#define LUAHEAT_INSPECT_RETAINERS_H

#include <cjson/cJSON.h>
#include <lua.h>
#include <stddef.h>

struct stop;

/* Of the value on top of the stack of L, which is, or runs in, a coroutine of the console: what
   luaheat/retainers answers, with so many shapes and holders at most; the caller's to delete.
   Raises an error if the value is no object, if it is cancelled, or memory is out. */
cJSON *retainers_of_value(struct stop *stop, lua_State *L, size_t limit);

#endif
