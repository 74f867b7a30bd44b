/* SPDX-License-Identifier: MIT */
#include "stops.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* Of the heap `live`, as if it had so many cells. */
static void add(struct stops *stops, unsigned id, uint64_t live, size_t cells) {
    struct snapshot snapshot = {
        .live = live, .count = cells, .cells = malloc(sizeof(struct snapshot_cell))};
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
    add(&stops, 1, 1, STOPS_CELLS / 2);
    add(&stops, 2, 1, STOPS_CELLS / 2);
    cr_assert_eq(stops.count, 2);
    add(&stops, 3, 1, 1);
    cr_assert_eq(stops.count, 2);
    cr_assert_null(stops_find(&stops, 1));
    add(&stops, 4, 1, 2 * STOPS_CELLS);
    cr_assert_eq(stops.count, 1, "the last one, whatever it takes");
    cr_assert_eq(stops_find(&stops, 4)->id, 4);
    stops_finish(&stops);
}
