/* SPDX-License-Identifier: MIT */
/*
 * heap_retainers: why is it alive? What retains one object, or all objects that some sites have
 * allocated. The program's own heap and its collector stay as they are.
 */
#ifndef LUAHEAT_HEAP_HEAP_RETAINERS_H
#define LUAHEAT_HEAP_HEAP_RETAINERS_H

#include "figures.h"
#include "heap_shapes.h"
#include "heap_walk.h"

struct layout;

/* Free slots that are needed on the stack of the coroutine to work in. */
enum { HEAP_RETAINERS_SLOTS = 40 };

/* A block of one of the sites that are asked for: it is, or is a part of, what stands at the node.
 */
struct heap_part {
    uint32_t node, site;
    uint32_t holder; /* of heap_holders_find() */
    uint64_t bytes;
};

/* Of `walk` the caller sets what the program is and who asks; all else is zero. Large. */
struct heap_retainers {
    struct heap_walk walk;
    uint64_t sites[FIGURES_MAX_SITES / 64]; /* a bit each: whose objects are looked for */
    bool notes_parts; /* in `parts`, for heap_holders.h; then nothing is weighed */
    ARRAY(struct heap_part) parts;
    const struct account *account;
    struct heap_shapes shapes;
};

static inline bool heap_retainers_is_of_object(const struct heap_retainers *retainers) {
    return retainers->walk.object != NULL;
}

/* Finds what retains the value on top of the coroutine's stack, an object that stays there: then
   walk.retainers, those that retain most first, and their shapes. With figures its bytes, too.
   Raises Lua's error if Lua's memory is out. */
enum heap_walk_status heap_retainers_of_object(struct heap_retainers *retainers);

/* The same for what the sites have allocated. With figures only. */
enum heap_walk_status heap_retainers_of_sites(struct heap_retainers *retainers);

/* Bytes that the sites have now; those of them that were found. */
uint64_t heap_retainers_live(const struct heap_retainers *retainers);
uint64_t heap_retainers_reached(const struct heap_retainers *retainers);

/* So many shapes, from that one on, get to know what they retain. */
enum heap_walk_status heap_retainers_weigh(struct heap_retainers *retainers, size_t first,
                                           size_t count);

/* A path of a shape that has been opened. */
struct heap_single {
    uint32_t node; /* at its end */
    uint64_t count, bytes, retained;
};

/* Those of the one object that was looked for, and what it retains. */
enum heap_walk_status heap_retainers_weigh_object(struct heap_retainers *retainers,
                                                  struct heap_single *object);

/* The single paths of a shape, most bytes first, the caller's to free() whatever comes of it; so
   many of them, from `first` on, know what they retain. */
enum heap_walk_status heap_retainers_open(struct heap_retainers *retainers,
                                          const struct heap_shape *shape, size_t first,
                                          size_t count, struct heap_single **singles);

void heap_retainers_finish(struct heap_retainers *retainers);

#endif
