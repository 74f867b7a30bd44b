/* SPDX-License-Identifier: MIT */
/*
 * number: how a float reads: with a point, whatever locale the program has set.
 */
#ifndef LUAHEAT_DESCRIBE_NUMBER_H
#define LUAHEAT_DESCRIBE_NUMBER_H

#include "string_builder.h"

#include <lua.h>

/* As Lua prints it in the C locale: 1.5, 2.0, inf. It may have more digits than that shows. */
void number_write(struct string_builder *builder, lua_Number number);

/* As Lua code that gives just this number, as a float. */
void number_write_source(struct string_builder *builder, lua_Number number);

#endif
