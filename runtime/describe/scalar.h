/* SPDX-License-Identifier: MIT */
/*
 * scalar: how nil, booleans and numbers read: a float with a point, whatever locale the program has
 * set.
 */
#ifndef LUAHEAT_DESCRIBE_SCALAR_H
#define LUAHEAT_DESCRIBE_SCALAR_H

#include "string_builder.h"

#include <lua.h>
#include <stdbool.h>

/* As Lua prints it in the C locale; integers in base 16 if `hex`. */
void scalar_write(struct string_builder *builder, lua_State *L, int index, bool hex);

/* A float likewise: 1.5, 2.0, inf. It may have more digits than that shows. */
void scalar_write_float(struct string_builder *builder, lua_Number number);

/* As Lua code that gives just this number, as a float. */
void scalar_write_float_source(struct string_builder *builder, lua_Number number);

#endif
