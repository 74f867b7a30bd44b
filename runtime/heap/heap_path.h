/* SPDX-License-Identifier: MIT */
/*
 * heap_path: how something is reached, in words: "local cache (main chunk, leaks.lua) → [17]". A
 * walk keeps no names; they are found again by going down the path once more.
 */
#ifndef LUAHEAT_HEAP_HEAP_PATH_H
#define LUAHEAT_HEAP_HEAP_PATH_H

#include "heap_step.h"
#include "heap_walk.h"
#include "string_builder.h"

#include <stddef.h>

struct heap_shape;
struct heap_shapes;

/* A longer path is shown without its middle. */
enum { HEAP_PATH_SHOWN = 40 };

struct heap_path {
    struct heap_step steps[HEAP_PATH_SHOWN + 1]; /* one may stand for the middle */
    size_t count;
    struct string_builder text;     /* all of them, joined */
    struct string_builder retainer; /* what it is called: "cache", "self.items", "upvalue list" */
    struct string_builder value;    /* "table: 0x..." */
};

/* The path to the first that the retainer holds, of a walk that is done. False if it is cancelled
   (see the walk's status), or memory is out. End with heap_path_finish() either way. */
bool heap_path_describe(struct heap_path *path, struct heap_walk *walk,
                        const struct heap_retainer *retainer);

/* The steps of a shape by which something was found: "events.listeners.tick[*].fn → upvalue
   entity". Fails likewise. */
bool heap_path_describe_shape(struct heap_path *path, struct heap_walk *walk,
                              struct heap_shapes *shapes, const struct heap_shape *shape);

/* Those of any shape, as they are on the path to that node, which leads by it. Fails likewise. */
bool heap_path_describe_shape_by(struct heap_path *path, struct heap_walk *walk,
                                 struct heap_shapes *shapes, const struct heap_shape *shape,
                                 uint32_t node);

/* The path to a node of the walk. Fails likewise. */
bool heap_path_describe_node(struct heap_path *path, struct heap_walk *walk, uint32_t node);

/* The same; then the object is on top of the stack of the walk's L, too. */
bool heap_path_describe_object(struct heap_path *path, struct heap_walk *walk, uint32_t node);

void heap_path_finish(struct heap_path *path);

#endif
