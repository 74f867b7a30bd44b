/* SPDX-License-Identifier: MIT */
#include "heap_history.h"

#include <criterion/criterion.h>

static struct timeline_figures shared;
static struct heap_history history;

static void open_history(void) {
    shared = (struct timeline_figures){0};
    heap_history_init(&history, &shared);
}

TestSuite(heap_history, .init = open_history);

Test(heap_history, a_point_a_sample_while_there_is_room) {
    for (uint64_t i = 0; i < TIMELINE_POINTS; i++)
        heap_history_add(&history, i, i * 10);
    cr_assert_eq(shared.count, TIMELINE_POINTS);
    for (uint64_t i = 0; i < TIMELINE_POINTS; i++) {
        cr_assert_eq(shared.points[i].microseconds, i);
        cr_assert_eq(shared.points[i].live, i * 10);
    }
}

/* However many samples: all of time is covered in order, and each stretch has its most. */
Test(heap_history, stretches_double_and_keep_the_most) {
    enum { SAMPLES = 1000000, PEAK = 333333 };
    for (uint64_t i = 0; i < SAMPLES; i++)
        heap_history_add(&history, i, i == PEAK ? 1 << 30 : i % 100);
    cr_assert_leq(shared.count, TIMELINE_POINTS);
    cr_assert_geq(shared.count, TIMELINE_POINTS / 2);
    uint64_t most = 0;
    for (uint32_t i = 0; i < shared.count; i++) {
        const struct timeline_point *point = &shared.points[i];
        cr_assert(i == 0 || point->microseconds > shared.points[i - 1].microseconds);
        cr_assert_geq(point->live, 99, "a stretch is longer than 100 samples");
        if (point->live > most) {
            most = point->live;
            cr_assert(point->live == 99 ||
                      (point->microseconds >= PEAK && point->microseconds < PEAK + shared.stretch));
        }
    }
    cr_assert_eq(most, 1 << 30);
    cr_assert_eq(shared.points[shared.count - 1].microseconds, SAMPLES - 1);
}

Test(heap_history, the_clock_starts_at_zero) {
    heap_history_note(&history, 5);
    heap_history_note(&history, 7);
    cr_assert_eq(shared.count, 2);
    cr_assert_leq(shared.points[0].microseconds, shared.points[1].microseconds);
    cr_assert_lt(shared.points[1].microseconds, 60 * 1000000);
    cr_assert_eq(shared.points[1].live, 7);
}

Test(heap_history, can_be_off) {
    heap_history_init(&history, NULL);
    heap_history_note(&history, 5);
    cr_assert_eq(shared.count, 0);
}
