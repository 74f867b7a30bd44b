/* SPDX-License-Identifier: MIT */
/*
 * heap_holders: where it is held that the objects of some sites are alive, a place for each site.
 *
 * A holder is a place that may hold any number: of `sessions[*].user` that is `sessions`, of
 * `peers[*].unsent[*]` it is `peers[*].unsent`; of a table that grew it is the table itself, and
 * where nothing comes in numbers it is all of the path. What another of the sites holds counts
 * where that one does. A site's holder is the one that has most of its bytes.
 */
#ifndef LUAHEAT_HEAP_HEAP_HOLDERS_H
#define LUAHEAT_HEAP_HEAP_HOLDERS_H

#include "heap_retainers.h"

struct heap_path;

struct heap_holder {
    uint32_t site;
    const struct heap_shape *shape;
    uint32_t node;  /* that is there, or behind it */
    uint64_t bytes; /* of the site's blocks */
};

/* All zero is empty. By their sites' numbers; one that nothing holds has none. */
struct heap_holders {
    ARRAY(struct heap_holder) list;
};

/* Of a search for sites that is done and has noted parts. 0 or -ENOMEM; end with
   heap_holders_finish() either way. */
int heap_holders_find(struct heap_holders *holders, struct heap_retainers *retainers);

/* Its path, as heap_path_describe_shape() tells one. */
bool heap_holders_describe(struct heap_path *path, struct heap_retainers *retainers,
                           const struct heap_holder *holder);

void heap_holders_finish(struct heap_holders *holders);

#endif
