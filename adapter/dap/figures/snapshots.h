/* SPDX-License-Identifier: MIT */
/*
 * snapshots: the figures as they were at the last stops, and when the client asked for it while the
 * program ran or was stopped, so that any two of them can be compared. luaheat/snapshot takes one,
 * luaheat/snapshots lists them, luaheat/lines takes their numbers. At most SNAPSHOTS_KEPT are kept,
 * and fewer if they took more than SNAPSHOTS_BYTES; the last one always is.
 */
#ifndef LUAHEAT_DAP_SNAPSHOTS_H
#define LUAHEAT_DAP_SNAPSHOTS_H

#include "snapshot.h"

#include <cJSON.h>
#include <stdbool.h>
#include <stdint.h>

enum { SNAPSHOTS_KEPT = WINDOWS_SNAPSHOTS, SNAPSHOTS_BYTES = 32 << 20 };

struct session;

struct snapshots_kept {
    unsigned id;
    bool by_hand;          /* else it is a stop */
    char *name;            /* NULL: it has none */
    uint64_t milliseconds; /* that the program had run since the one before */
    struct snapshot snapshot;
};

/* All zero: none yet. */
struct snapshots {
    struct snapshots_kept list[SNAPSHOTS_KEPT]; /* oldest first */
    int count;
};

/* Takes what the new one holds. Its id is above all before. */
void snapshots_add(struct snapshots *snapshots, const struct snapshots_kept *kept);

/* NULL: there was none of this number, or it is not kept any more. Until the next snapshots_add. */
const struct snapshots_kept *snapshots_find(const struct snapshots *snapshots, int64_t id);

/* The epochs of all of them, ascending, each once. How many. */
size_t snapshots_epochs(const struct snapshots *snapshots, uint32_t epochs[SNAPSHOTS_KEPT]);

void snapshots_finish(struct snapshots *snapshots);

/* The runtime's event: the figures are of the moment that was asked for. */
void snapshots_taken(struct session *session, const cJSON *body);

#endif
