/* SPDX-License-Identifier: MIT */
/*
 * kept_snapshots: the figures as they were at the last stops, and when the client asked for it
 * while the program ran or was stopped, so that any two of them can be compared. luaheat/snapshot
 * takes one, luaheat/snapshots lists them, luaheat/lines takes their numbers. At most
 * KEPT_SNAPSHOTS are kept, and fewer if they took more than KEPT_SNAPSHOTS_BYTES; the last one
 * always is.
 */
#ifndef LUAHEAT_DAP_KEPT_SNAPSHOTS_H
#define LUAHEAT_DAP_KEPT_SNAPSHOTS_H

#include "snapshot.h"

#include <stdbool.h>
#include <stdint.h>

enum { KEPT_SNAPSHOTS = WINDOWS_SNAPSHOTS, KEPT_SNAPSHOTS_BYTES = 32 << 20 };

struct kept_snapshot {
    unsigned id;
    bool by_hand;          /* else it is a stop */
    char *name;            /* NULL: it has none */
    uint64_t milliseconds; /* that the program had run since the one before */
    struct snapshot snapshot;
};

/* All zero: none yet. */
struct kept_snapshots {
    struct kept_snapshot list[KEPT_SNAPSHOTS]; /* oldest first */
    int count;
};

/* Takes what the new one holds. Its id is above all before. */
void kept_snapshots_add(struct kept_snapshots *snapshots, const struct kept_snapshot *kept);

/* Gives the last one to the caller, without whom it is kept no more. False: there is none. */
bool kept_snapshots_take_last(struct kept_snapshots *snapshots, struct kept_snapshot *last);

/* NULL: there was none of this number, or it is not kept any more. Until the next
 * kept_snapshots_add. */
const struct kept_snapshot *kept_snapshots_find(const struct kept_snapshots *snapshots, int64_t id);

/* The epochs of all of them, ascending, each once. How many. */
size_t kept_snapshots_epochs(const struct kept_snapshots *snapshots,
                             uint32_t epochs[KEPT_SNAPSHOTS]);

void kept_snapshots_finish(struct kept_snapshots *snapshots);

#endif
