/* SPDX-License-Identifier: MIT */
/*
 * definitions: finds functions by the name they are defined under, in the text of a program:
 * `function M.f(`, `local function f(`, `M.f = function(`. Lua functions have no names of their
 * own, but the line a function is defined on is known (lua_Debug.linedefined).
 *
 * It reads lines, not Lua: a definition inside a long string or a comment counts too.
 */
#ifndef LUAHEAT_CONTROL_DEFINITIONS_H
#define LUAHEAT_CONTROL_DEFINITIONS_H

#include <stddef.h>

/* Called with each: the name (not NUL-terminated; as it is written, "Class:method") and its line.
 */
typedef void definitions_found(void *data, const char *name, size_t size, int line);

void definitions_scan(const char *text, size_t size, definitions_found *found, void *data);

#endif
