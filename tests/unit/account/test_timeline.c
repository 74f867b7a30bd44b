/* SPDX-License-Identifier: MIT */
#include "sampling.h"

#include <criterion/criterion.h>

static struct timeline_figures shared;
static struct sampling sampling;

static void open_timeline(void) {
    shared = (struct timeline_figures){0};
    cr_assert_eq(sampling_init(&sampling, NULL, &shared), 0);
}

TestSuite(timeline, .init = open_timeline);

Test(timeline, a_point_a_sample_while_there_is_room) {
    for (uint64_t i = 0; i < TIMELINE_POINTS; i++)
        sampling_add_heap(&sampling, i, i * 10);
    cr_assert_eq(shared.count, TIMELINE_POINTS);
    for (uint64_t i = 0; i < TIMELINE_POINTS; i++) {
        cr_assert_eq(shared.points[i].microseconds, i);
        cr_assert_eq(shared.points[i].live, i * 10);
    }
}

/* However many samples: all of time is covered in order, and each stretch has its most. */
Test(timeline, stretches_double_and_keep_the_most) {
    enum { SAMPLES = 1000000, PEAK = 333333 };
    for (uint64_t i = 0; i < SAMPLES; i++)
        sampling_add_heap(&sampling, i, i == PEAK ? 1 << 30 : i % 100);
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

Test(timeline, the_clock_starts_at_zero) {
    sampling_note_heap(&sampling, 5);
    sampling_note_heap(&sampling, 7);
    cr_assert_eq(shared.count, 2);
    cr_assert_leq(shared.points[0].microseconds, shared.points[1].microseconds);
    cr_assert_lt(shared.points[1].microseconds, 60 * 1000000);
    cr_assert_eq(shared.points[1].live, 7);
}

Test(timeline, can_be_off) {
    cr_assert_eq(sampling_init(&sampling, NULL, NULL), 0);
    sampling_note_heap(&sampling, 5);
    cr_assert_eq(shared.count, 0);
}
