/* SPDX-License-Identifier: MIT */
/*
 * stops: the figures as they were at the last stops, so that any two of them can be compared:
 * luaheat/windows lists them, luaheat/lines takes their numbers. At most STOPS_KEPT are kept, and
 * fewer if they took more than STOPS_BYTES; the last one always is.
 */
#ifndef LUAHEAT_DAP_STOPS_H
#define LUAHEAT_DAP_STOPS_H

#include "snapshot.h"

#include <stdint.h>

enum { STOPS_KEPT = WINDOWS_SNAPSHOTS, STOPS_BYTES = 32 << 20 };

struct stops_stop {
    unsigned id;
    uint64_t milliseconds; /* that the program had run since it last went on */
    struct snapshot snapshot;
};

/* All zero: none yet. */
struct stops {
    struct stops_stop list[STOPS_KEPT]; /* oldest first */
    int count;
};

/* Takes the snapshot. `id` is above all before. */
void stops_add(struct stops *stops, unsigned id, uint64_t milliseconds, struct snapshot *snapshot);

/* NULL: there was none of this number, or it is not kept any more. Until the next stops_add. */
const struct stops_stop *stops_find(const struct stops *stops, int64_t id);

/* The epochs of all of them, ascending, each once. How many. */
size_t stops_epochs(const struct stops *stops, uint32_t epochs[STOPS_KEPT]);

void stops_finish(struct stops *stops);

#endif
