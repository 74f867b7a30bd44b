/* SPDX-License-Identifier: MIT */
/*
 * snapshot: the totals of all sites at one moment, to be compared with another. Only what ever
 * allocated is kept: 32 bytes for each kind of object of each line.
 */
#ifndef LUAHEAT_ADAPTER_SNAPSHOT_H
#define LUAHEAT_ADAPTER_SNAPSHOT_H

#include "lines.h"

#include <stddef.h>
#include <stdint.h>

struct snapshot_cell {
    uint32_t site, kind;
    struct lines_kind totals;
};

/* All zero: the start, when nothing had been allocated. */
struct snapshot {
    uint64_t live; /* the heap */
    size_t count;
    struct snapshot_cell *cells; /* by site, then kind, ascending */
};

/* Of a reading in the order of the sites. 0 or -ENOMEM (the snapshot is all zero then). */
int snapshot_take(struct snapshot *snapshot, const struct lines *lines);
void snapshot_finish(struct snapshot *snapshot);

/* Changes a later reading, in the order of the sites, to what had happened at the snapshot's
   moment. */
void snapshot_show(const struct snapshot *snapshot, struct lines *lines);

/* Changes it to what has happened since: allocations, allocated, freed and growth (of the kinds
   too); live is still that of the reading. Rows of which nothing is left are taken out. */
void snapshot_subtract(const struct snapshot *snapshot, struct lines *lines);

#endif
