/* SPDX-License-Identifier: MIT */
/*
 * heap_retainers: why is it alive? What retains one object, or all objects that some sites have
 * allocated. The program's own heap and its collector stay as they are.
 */
#ifndef LUAHEAT_HEAP_HEAP_RETAINERS_H
#define LUAHEAT_HEAP_HEAP_RETAINERS_H

#include "figures.h"
#include "heap_walk.h"

struct layout;

/* Free slots that are needed on the stack of the coroutine to work in. */
enum { HEAP_RETAINERS_SLOTS = 40 };

/* Of `walk` the caller sets what the program is and who asks; all else is zero. Large. */
struct heap_retainers {
    struct heap_walk walk;
    uint64_t sites[FIGURES_MAX_SITES / 64]; /* a bit each: whose objects are looked for */
    const struct layout *layout;
};

/* Finds what retains the value on top of the coroutine's stack, an object that stays there: then
   walk.retainers, those that retain most first. Raises Lua's error if Lua's memory is out. */
enum heap_walk_status heap_retainers_of_object(struct heap_retainers *retainers);

/* The same for what the sites have allocated. With figures only. */
enum heap_walk_status heap_retainers_of_sites(struct heap_retainers *retainers);

void heap_retainers_finish(struct heap_retainers *retainers);

#endif
