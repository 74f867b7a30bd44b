/* SPDX-License-Identifier: MIT */
#include "kept_snapshots.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

static size_t bytes(const struct kept_snapshots *snapshots) {
    size_t sum = 0;
    for (int i = 0; i < snapshots->count; i++)
        sum += snapshot_bytes(&snapshots->list[i].snapshot);
    return sum;
}

static void drop_oldest(struct kept_snapshots *snapshots) {
    snapshot_finish(&snapshots->list[0].snapshot);
    free(snapshots->list[0].name);
    snapshots->count--;
    memmove(snapshots->list, snapshots->list + 1,
            (size_t)snapshots->count * sizeof *snapshots->list);
}

void kept_snapshots_add(struct kept_snapshots *snapshots, const struct kept_snapshot *kept) {
    if (snapshots->count == KEPT_SNAPSHOTS)
        drop_oldest(snapshots);
    snapshots->list[snapshots->count++] = *kept;
    while (snapshots->count > 1 && bytes(snapshots) > KEPT_SNAPSHOTS_BYTES)
        drop_oldest(snapshots);
}

bool kept_snapshots_take_last(struct kept_snapshots *snapshots, struct kept_snapshot *last) {
    if (snapshots->count == 0)
        return false;
    *last = snapshots->list[--snapshots->count];
    return true;
}

const struct kept_snapshot *kept_snapshots_find(const struct kept_snapshots *snapshots,
                                                int64_t id) {
    for (int i = 0; i < snapshots->count; i++)
        if (snapshots->list[i].id == id)
            return &snapshots->list[i];
    return NULL;
}

size_t kept_snapshots_epochs(const struct kept_snapshots *snapshots,
                             uint32_t epochs[KEPT_SNAPSHOTS]) {
    size_t count = 0;
    for (int i = 0; i < snapshots->count; i++) {
        uint32_t epoch = snapshots->list[i].snapshot.epoch;
        if (count == 0 || epochs[count - 1] < epoch)
            epochs[count++] = epoch;
    }
    return count;
}

void kept_snapshots_finish(struct kept_snapshots *snapshots) {
    while (snapshots->count > 0)
        drop_oldest(snapshots);
}
