/* SPDX-License-Identifier: MIT */
#include "snapshots.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* What a cell and an age take. */
static const size_t CELL = sizeof(struct snapshot_cell), AGE = sizeof(struct age);

/* Of the heap `live`, as if it had so many cells, and begun with that epoch. */
static void add(struct snapshots *snapshots, unsigned id, uint64_t live, size_t cells) {
    struct snapshot snapshot = {
        .live = live, .epoch = id / 2, .count = cells, .cells = malloc(CELL)};
    struct snapshots_kept kept = {.id = id, .name = strdup("a name"), .snapshot = snapshot};
    snapshots_add(snapshots, &kept);
}

Test(snapshots, the_last_are_kept) {
    struct snapshots snapshots = {0};
    for (unsigned id = 1; id <= SNAPSHOTS_KEPT + 10; id++)
        add(&snapshots, id, id * 100, 1);
    cr_assert_eq(snapshots.count, SNAPSHOTS_KEPT);
    cr_assert_null(snapshots_find(&snapshots, 10));
    cr_assert_eq(snapshots_find(&snapshots, 11)->snapshot.live, 1100);
    cr_assert_eq(snapshots_find(&snapshots, SNAPSHOTS_KEPT + 10)->id, SNAPSHOTS_KEPT + 10);
    cr_assert_null(snapshots_find(&snapshots, SNAPSHOTS_KEPT + 11));
    cr_assert_null(snapshots_find(&snapshots, 0));
    snapshots_finish(&snapshots);
    cr_assert_eq(snapshots.count, 0);
}

Test(snapshots, not_more_than_there_is_room_for) {
    struct snapshots snapshots = {0};
    add(&snapshots, 1, 1, SNAPSHOTS_BYTES / CELL / 2);
    add(&snapshots, 2, 1, SNAPSHOTS_BYTES / CELL / 2);
    cr_assert_eq(snapshots.count, 2);
    add(&snapshots, 3, 1, 1);
    cr_assert_eq(snapshots.count, 2);
    cr_assert_null(snapshots_find(&snapshots, 1));
    add(&snapshots, 4, 1, 2 * SNAPSHOTS_BYTES / CELL);
    cr_assert_eq(snapshots.count, 1, "the last one, whatever it takes");
    cr_assert_eq(snapshots_find(&snapshots, 4)->id, 4);
    snapshots_finish(&snapshots);
}

Test(snapshots, ages_take_room_too) {
    struct snapshots snapshots = {0};
    add(&snapshots, 1, 1, SNAPSHOTS_BYTES / CELL / 2);
    struct snapshot snapshot = {.ages = {.count = SNAPSHOTS_BYTES / AGE, .list = malloc(AGE)}};
    struct snapshots_kept kept = {.id = 2, .snapshot = snapshot};
    snapshots_add(&snapshots, &kept);
    cr_assert_eq(snapshots.count, 1);
    cr_assert_eq(snapshots_find(&snapshots, 2)->id, 2);
    snapshots_finish(&snapshots);
}

Test(snapshots, their_epochs_each_once) {
    struct snapshots snapshots = {0};
    uint32_t epochs[SNAPSHOTS_KEPT];
    cr_assert_eq(snapshots_epochs(&snapshots, epochs), 0);
    for (unsigned id = 2; id <= 5; id++)
        add(&snapshots, id, 1, 1);
    cr_assert_eq(snapshots_epochs(&snapshots, epochs), 2,
                 "two stops between which nothing happened");
    cr_assert_eq(epochs[0], 1);
    cr_assert_eq(epochs[1], 2);
    snapshots_finish(&snapshots);
}
