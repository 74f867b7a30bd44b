/* SPDX-License-Identifier: MIT */
/*
 * largest: what takes the room in the heap, for code that is evaluated at a stop.
 */
#ifndef LUAHEAT_INSPECT_LARGEST_H
#define LUAHEAT_INSPECT_LARGEST_H

#include <cjson/cJSON.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

struct stop;

/* What luaheat/largestTables and luaheat/equalStrings answer, of so many at most; the caller's to
   delete. by_bytes: by their own. L is, or runs in, a coroutine of the console. Raises an error if
   memory is not measured (tables), if it is cancelled, or memory is out. */
cJSON *largest_of_tables(struct stop *stop, lua_State *L, size_t limit, bool by_bytes);
cJSON *largest_of_strings(struct stop *stop, lua_State *L, size_t limit);

#endif
