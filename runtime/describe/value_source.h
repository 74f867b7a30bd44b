/* SPDX-License-Identifier: MIT */
/*
 * value_source: a value as Lua code that makes an equal one, tables with all that is in them. What
 * code cannot say (functions, a table inside itself, ...) stands there as nil with a comment. The
 * code is a valid expression however large the value is.
 */
#ifndef LUAHEAT_DESCRIBE_VALUE_SOURCE_H
#define LUAHEAT_DESCRIBE_VALUE_SOURCE_H

#include "coroutine.h"
#include "string_builder.h"

#include <lua.h>

/* Of the value on top of the stack of co, a coroutine of the console. Raises Lua errors. */
void value_source_write(struct string_builder *builder, const struct coroutines *coroutines,
                        lua_State *co);

#endif
