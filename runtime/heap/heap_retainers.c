/* SPDX-License-Identifier: MIT */
#include "heap_retainers.h"

#include "account.h"
#include "heap_object.h"
#include "layout.h"

#include <stdlib.h>

static bool is_of_sites(const struct heap_walk *walk, const void *object) {
    const struct heap_retainers *retainers = walk->data;
    struct layout_block block = layout_of(retainers->layout, walk->L, -1);
    uint32_t site = account_site_of(account_of(walk->L), block.address);
    return retainers->sites[site / 64] >> site % 64 & 1;
}

static bool is_same(const struct heap_walk *walk, const void *object) {
    return object == walk->object;
}

/* Most first; of as many, the one found first. */
static int by_count(const void *a, const void *b) {
    const struct heap_retainer *one = a, *other = b;
    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return one->number < other->number ? -1 : 1;
}

static enum heap_walk_status find(struct heap_walk *walk) {
    if (heap_walk(walk) == HEAP_WALK_DONE && walk->retainers.count > 1)
        qsort(walk->retainers.items + 1, walk->retainers.count - 1, sizeof *walk->retainers.items,
              by_count);
    return walk->status;
}

enum heap_walk_status heap_retainers_of_object(struct heap_retainers *retainers) {
    struct heap_walk *walk = &retainers->walk;
    walk->object = heap_object(walk->L, -1);
    walk->wants = is_same;
    return find(walk);
}

enum heap_walk_status heap_retainers_of_sites(struct heap_retainers *retainers) {
    struct heap_walk *walk = &retainers->walk;
    walk->data = retainers;
    walk->wants = is_of_sites;
    retainers->layout = layout_measured();
    if (retainers->layout == NULL)
        walk->status = HEAP_WALK_NO_MEMORY;
    return walk->status != HEAP_WALK_DONE ? walk->status : find(walk);
}

void heap_retainers_finish(struct heap_retainers *retainers) {
    heap_walk_finish(&retainers->walk);
}
