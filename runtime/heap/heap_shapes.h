/* SPDX-License-Identifier: MIT */
/*
 * heap_shapes: the paths to what a walk has found, as a tree of shapes: paths that differ only in
 * keys, in coroutines or in which object have one shape. One shape is made for each way on from
 * another (heap_label.h), so this takes the time of the nodes on the paths, and no path is written.
 *
 *  - Indices (numbers, objects, strings unlike names, what has no name) are one step.
 *  - So are names of which more than 8 lead on from one place, as in a table that is a map. Two
 * kinds keep theirs: one that leads to an eighth or more of what is found from there; and one that
 * half of the several tables have that stand there, as it is a field of records.
 *  - A step leads back to where it came last, in lists and trees, if it is a field's name that
 * comes a second time with nothing but such names between, any other name that comes a third time,
 * or an index that comes a third time in a row. 16 steps are looked back. (Paths of names, each
 * once, are the access graphs of Khedker, Sanyal and Karkare, "Heap reference analysis using access
 * graphs", TOPLAS 2007.)
 *
 * What is held by another that is found counts where the first of these counts: a list as a whole
 * has one shape.
 */
#ifndef LUAHEAT_HEAP_HEAP_SHAPES_H
#define LUAHEAT_HEAP_HEAP_SHAPES_H

#include "array.h"
#include "heap_label.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap_walk;

struct heap_shape {
    struct heap_label label; /* of its last step */
    uint32_t parent;         /* the shape of what comes before */
    uint32_t child,
        sibling;       /* the first of those that go on; the next of the same parent's. 0: none */
    uint32_t names;    /* that lead on from there */
    uint32_t merged;   /* into which; 0: none */
    uint32_t sample;   /* the node that was found first; 0: none was */
    bool several;      /* its last step stands for several */
    bool repeated;     /* it has been come back to */
    uint8_t group;     /* of heap_retainers_weigh() */
    uint64_t nodes;    /* that have it, or lead on from there */
    uint64_t beyond;   /* objects found, those of the shapes that go on from here included */
    uint64_t count;    /* objects found */
    uint64_t paths;    /* to objects that no other that was found holds */
    uint64_t bytes;    /* of the blocks looked for, in those that were found */
    uint64_t retained; /* by them, once heap_retainers_weigh() has found it out */
};

/* All zero is empty. */
struct heap_shapes {
    ARRAY(struct heap_shape) list;
    uint32_t *of;    /* of each node; 0: it is on no path */
    uint32_t *heads; /* of each node that was found: the first of those, each found, of which one
                        holds the next up to this one; else 0 */
    struct heap_shape **found; /* those by which something was found, most bytes first */
    size_t found_count;
    uint32_t *slots; /* of shapes, by parent and label; 0: free */
    size_t room;
};

/* Of a walk that is done. 0, -ENOMEM or -ECANCELED. */
int heap_shapes_build(struct heap_shapes *shapes, struct heap_walk *walk);

/* The shape that a node's path has, and what comes before a shape, once they are built. The first,
   which is no step, is its own parent. */
const struct heap_shape *heap_shapes_of(struct heap_shapes *shapes, uint32_t node);
const struct heap_shape *heap_shapes_parent(struct heap_shapes *shapes,
                                            const struct heap_shape *shape);

void heap_shapes_finish(struct heap_shapes *shapes);

#endif
