/* SPDX-License-Identifier: MIT */
#include "stops.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* What a cell and an age take. */
static const size_t CELL = sizeof(struct snapshot_cell), AGE = sizeof(struct age);

/* Of the heap `live`, as if it had so many cells, and begun with that epoch. */
static void add(struct stops *stops, unsigned id, uint64_t live, size_t cells) {
    struct snapshot snapshot = {.live = live, .epoch = id / 2, .count = cells, .cells = malloc(1)};
    stops_add(stops, id, 0, &snapshot);
    cr_assert_null(snapshot.cells, "taken");
}

Test(stops, the_last_are_kept) {
    struct stops stops = {0};
    for (unsigned id = 1; id <= STOPS_KEPT + 10; id++)
        add(&stops, id, id * 100, 1);
    cr_assert_eq(stops.count, STOPS_KEPT);
    cr_assert_null(stops_find(&stops, 10));
    cr_assert_eq(stops_find(&stops, 11)->snapshot.live, 1100);
    cr_assert_eq(stops_find(&stops, STOPS_KEPT + 10)->id, STOPS_KEPT + 10);
    cr_assert_null(stops_find(&stops, STOPS_KEPT + 11));
    cr_assert_null(stops_find(&stops, 0));
    stops_finish(&stops);
    cr_assert_eq(stops.count, 0);
}

Test(stops, not_more_than_there_is_room_for) {
    struct stops stops = {0};
    add(&stops, 1, 1, STOPS_BYTES / CELL / 2);
    add(&stops, 2, 1, STOPS_BYTES / CELL / 2);
    cr_assert_eq(stops.count, 2);
    add(&stops, 3, 1, 1);
    cr_assert_eq(stops.count, 2);
    cr_assert_null(stops_find(&stops, 1));
    add(&stops, 4, 1, 2 * STOPS_BYTES / CELL);
    cr_assert_eq(stops.count, 1, "the last one, whatever it takes");
    cr_assert_eq(stops_find(&stops, 4)->id, 4);
    stops_finish(&stops);
}

Test(stops, ages_take_room_too) {
    struct stops stops = {0};
    add(&stops, 1, 1, STOPS_BYTES / CELL / 2);
    struct snapshot snapshot = {.ages = {.count = STOPS_BYTES / AGE, .list = malloc(1)}};
    stops_add(&stops, 2, 0, &snapshot);
    cr_assert_eq(stops.count, 1);
    cr_assert_eq(stops_find(&stops, 2)->id, 2);
    stops_finish(&stops);
}

Test(stops, their_epochs_each_once) {
    struct stops stops = {0};
    uint32_t epochs[STOPS_KEPT];
    cr_assert_eq(stops_epochs(&stops, epochs), 0);
    for (unsigned id = 2; id <= 5; id++)
        add(&stops, id, 1, 1);
    cr_assert_eq(stops_epochs(&stops, epochs), 2, "two stops between which nothing happened");
    cr_assert_eq(epochs[0], 1);
    cr_assert_eq(epochs[1], 2);
    stops_finish(&stops);
}
