/* SPDX-License-Identifier: MIT */
/*
 * heap_object: what the collector counts as an object: tables, closures, full userdata, threads and
 * strings. Light C functions and light userdata are none. The debugger's own threads count as none
 * either, and so nothing that only they hold is ever seen.
 */
#ifndef LUAHEAT_HEAP_HEAP_OBJECT_H
#define LUAHEAT_HEAP_HEAP_OBJECT_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The object's identity, while it lives; NULL: the value is no object. */
const void *heap_object(lua_State *L, int index);

/* How far a full userdata's bytes lie behind its block: without, with one, with two user values. */
struct heap_layout {
    size_t userdata[3];
};

/* Measures it in a scratch state of the Lua in use. False if memory is out. */
bool heap_layout_measure(struct heap_layout *layout);

/* The site that allocated the value, which is an object. With figures only. */
uint32_t heap_object_site(const struct heap_layout *layout, lua_State *L, int index);

#endif
