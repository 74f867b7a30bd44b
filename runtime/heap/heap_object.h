/* SPDX-License-Identifier: MIT */
/*
 * heap_object: what the collector counts as an object: tables, closures, full userdata, threads and
 * strings. Light C functions and light userdata are none. The debugger's own threads count as none
 * either, and so nothing that only they hold is ever seen.
 */
#ifndef LUAHEAT_HEAP_HEAP_OBJECT_H
#define LUAHEAT_HEAP_HEAP_OBJECT_H

#include <lua.h>

/* The object's identity, while it lives; NULL: the value is no object. */
const void *heap_object(lua_State *L, int index);

#endif
