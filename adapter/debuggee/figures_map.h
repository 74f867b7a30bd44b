/* SPDX-License-Identifier: MIT */
/*
 * figures_map: the shared memory the debuggee writes its figures into (link/figures.h), on the side
 * that creates and reads it.
 */
#ifndef LUAHEAT_ADAPTER_FIGURES_MAP_H
#define LUAHEAT_ADAPTER_FIGURES_MAP_H

#include "figures.h"
#include "shared_memory.h"

struct figures_map {
    const struct figures *figures; /* a copy (figures_copy.h); all zero until the first reading */
    const void *shared;            /* read by nobody else */
    int fd;                        /* to be inherited by the debuggee; close-on-exec on this side */
    struct shared_memory memory;
};

/* 0, or a negative errno (nothing to finish then); -EFBIG: shared_memory.h. */
int figures_map_init(struct figures_map *map);

/* Makes map->figures those of now: for all who read them, until this is called again. */
void figures_map_read(const struct figures_map *map);

/* The figures may no longer be read afterwards. An init that failed or never ran (all zero) is
 * fine. */
void figures_map_finish(struct figures_map *map);

#endif
