/* SPDX-License-Identifier: MIT */
/*
 * heap_label: what tells the edges of objects that are alike apart, in few bytes: the same field of
 * several tables, or the same local variable of several calls, have one label.
 */
#ifndef LUAHEAT_HEAP_HEAP_LABEL_H
#define LUAHEAT_HEAP_HEAP_LABEL_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct heap_edge;

struct heap_label {
    uint64_t name;    /* which one; equal names may be of edges of other kinds */
    uint32_t kind;    /* enum heap_edge_kind */
    bool is_numbered; /* an index, not a name: a field whose key is not like a name, a vararg */
};

struct heap_label heap_label_of(lua_State *L, const struct heap_edge *edge);

/* Do they lead the same way? Of those that are numbered each does. */
static inline bool heap_label_same(const struct heap_label *one, const struct heap_label *other) {
    return one->kind == other->kind && one->is_numbered == other->is_numbered &&
           (one->is_numbered || one->name == other->name);
}

#endif
