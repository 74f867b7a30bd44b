/* SPDX-License-Identifier: MIT */
#include "kept_snapshots.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* What a cell and an age take. */
static const size_t CELL = sizeof(struct snapshot_cell), AGE = sizeof(struct age);

/* Of the heap `live`, as if it had so many cells, and begun with that epoch. */
static void add(struct kept_snapshots *snapshots, unsigned id, uint64_t live, size_t cells) {
    struct snapshot snapshot = {
        .live = live, .epoch = id / 2, .count = cells, .cells = malloc(CELL)};
    struct kept_snapshot kept = {.id = id, .name = strdup("a name"), .snapshot = snapshot};
    kept_snapshots_add(snapshots, &kept);
}

Test(kept_snapshots, the_last_are_kept) {
    struct kept_snapshots snapshots = {0};
    for (unsigned id = 1; id <= KEPT_SNAPSHOTS + 10; id++)
        add(&snapshots, id, id * 100, 1);
    cr_assert_eq(snapshots.count, KEPT_SNAPSHOTS);
    cr_assert_null(kept_snapshots_find(&snapshots, 10));
    cr_assert_eq(kept_snapshots_find(&snapshots, 11)->snapshot.live, 1100);
    cr_assert_eq(kept_snapshots_find(&snapshots, KEPT_SNAPSHOTS + 10)->id, KEPT_SNAPSHOTS + 10);
    cr_assert_null(kept_snapshots_find(&snapshots, KEPT_SNAPSHOTS + 11));
    cr_assert_null(kept_snapshots_find(&snapshots, 0));
    kept_snapshots_finish(&snapshots);
    cr_assert_eq(snapshots.count, 0);
}

Test(kept_snapshots, not_more_than_there_is_room_for) {
    struct kept_snapshots snapshots = {0};
    add(&snapshots, 1, 1, KEPT_SNAPSHOTS_BYTES / CELL / 2);
    add(&snapshots, 2, 1, KEPT_SNAPSHOTS_BYTES / CELL / 2);
    cr_assert_eq(snapshots.count, 2);
    add(&snapshots, 3, 1, 1);
    cr_assert_eq(snapshots.count, 2);
    cr_assert_null(kept_snapshots_find(&snapshots, 1));
    add(&snapshots, 4, 1, 2 * KEPT_SNAPSHOTS_BYTES / CELL);
    cr_assert_eq(snapshots.count, 1, "the last one, whatever it takes");
    cr_assert_eq(kept_snapshots_find(&snapshots, 4)->id, 4);
    kept_snapshots_finish(&snapshots);
}

Test(kept_snapshots, ages_take_room_too) {
    struct kept_snapshots snapshots = {0};
    add(&snapshots, 1, 1, KEPT_SNAPSHOTS_BYTES / CELL / 2);
    struct snapshot snapshot = {
        .ages = {.count = KEPT_SNAPSHOTS_BYTES / AGE, .items = malloc(AGE)}};
    struct kept_snapshot kept = {.id = 2, .snapshot = snapshot};
    kept_snapshots_add(&snapshots, &kept);
    cr_assert_eq(snapshots.count, 1);
    cr_assert_eq(kept_snapshots_find(&snapshots, 2)->id, 2);
    kept_snapshots_finish(&snapshots);
}

Test(kept_snapshots, their_epochs_each_once) {
    struct kept_snapshots snapshots = {0};
    uint32_t epochs[KEPT_SNAPSHOTS];
    cr_assert_eq(kept_snapshots_epochs(&snapshots, epochs), 0);
    for (unsigned id = 2; id <= 5; id++)
        add(&snapshots, id, 1, 1);
    cr_assert_eq(kept_snapshots_epochs(&snapshots, epochs), 2,
                 "two stops between which nothing happened");
    cr_assert_eq(epochs[0], 1);
    cr_assert_eq(epochs[1], 2);
    kept_snapshots_finish(&snapshots);
}
