/* SPDX-License-Identifier: MIT */
#include "suspicion.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { POINTS = 25 };

static uint64_t windows[SUSPICION_MOST];
static int64_t living[SUSPICION_MOST];

/* Eight windows apart. */
static void setup(void) {
    for (size_t i = 0; i < SUSPICION_MOST; i++)
        windows[i] = 8 * (i + 1);
}

TestSuite(suspicion, .init = setup);

static struct suspicion judge(size_t count) {
    return suspicion_judge(windows, living, count);
}

#define FILL(value)                                                                                \
    for (int64_t i = 0; i < POINTS; i++)                                                           \
    living[i] = (value)

static void expect(enum suspicion_level level) {
    struct suspicion found = judge(POINTS);
    cr_assert_eq(found.level, level, "%s", suspicion_word(found.level));
}

Test(suspicion, what_rises_all_the_time_is_certain) {
    FILL(1000 + 80 * 8 * i);
    struct suspicion found = judge(POINTS);
    cr_assert_eq(found.level, SUSPICION_CERTAIN);
    cr_assert_eq(found.per_window, 80);
    cr_assert_eq(found.kept, 80 * 8 * 24);
    cr_assert_eq(found.since, 8);
    cr_assert_eq(found.rises, 24);
    cr_assert_eq(found.stretches, 24);
}

Test(suspicion, what_does_not_change_is_none) {
    FILL(1000);
    expect(SUSPICION_NONE);
    FILL(1000 - 10 * i);
    expect(SUSPICION_NONE);
}

Test(suspicion, too_few_points_tell_nothing) {
    FILL(100 * i);
    cr_assert_eq(judge(SUSPICION_LEAST - 1).level, SUSPICION_NONE);
    cr_assert_eq(judge(SUSPICION_LEAST).level, SUSPICION_CERTAIN);
    cr_assert_eq(judge(0).level, SUSPICION_NONE);
    cr_assert_eq(judge(SUSPICION_MOST + 1).level, SUSPICION_NONE);
}

Test(suspicion, a_rise_now_and_then_is_likely) {
    FILL(96 * ((i + 2) / 5));
    expect(SUSPICION_LIKELY);
}

Test(suspicion, one_that_begins_late) {
    FILL(i < 15 ? 500 : 500 + 80 * (i - 14));
    expect(SUSPICION_CERTAIN);
    cr_assert_eq(judge(POINTS).since, windows[14]);
    cr_assert_eq(judge(POINTS).per_window, 10);
}

Test(suspicion, one_that_goes_on_after_a_warm_up) {
    FILL(i < 3 ? 20000 * (i + 1) : 60000 + 80 * i);
    expect(SUSPICION_CERTAIN);
    cr_assert_eq(judge(POINTS).per_window, 10, "the warm-up is no rate");
}

/* 16, 32, 64, ... elements, as they are needed. */
static int64_t doubled(int64_t elements) {
    int64_t room = 1;
    while (room < elements)
        room *= 2;
    return 16 * room;
}

Test(suspicion, an_array_that_doubles_to_the_end) {
    for (int64_t step = 1; step < 40; step++) {
        FILL(doubled(step * (i + 1)));
        expect(SUSPICION_LIKELY);
    }
}

Test(suspicion, an_array_that_doubled_at_the_beginning) {
    for (int64_t full = 1; full <= 9; full++) {
        FILL(doubled(20 * (i < full ? i + 1 : full)));
        expect(SUSPICION_NONE);
    }
}

Test(suspicion, what_fills_and_is_full) {
    for (int64_t full = 1; full <= POINTS * 2 / 3; full++) {
        FILL(100 * (i < full ? i : full));
        expect(SUSPICION_NONE);
    }
    FILL((int64_t)(4000 * (1 - exp(-(double)i / 5))));
    expect(SUSPICION_NONE);
}

Test(suspicion, what_comes_and_goes) {
    for (int64_t period = 2; period <= 13; period++) {
        FILL(80 * (i % period));
        expect(SUSPICION_NONE);
    }
    FILL((int64_t)(1000 + 500 * sin((double)i / 3)));
    expect(SUSPICION_NONE);
}

Test(suspicion, what_comes_and_goes_and_leaves_something) {
    FILL(100 * i + 300 * (i % 3));
    expect(SUSPICION_LIKELY);
}

Test(suspicion, a_little_after_much_that_has_settled) {
    FILL(i < 5 ? 1800 * (i + 1) : 9000 + 200 * (i % 4) + 3 * i);
    expect(SUSPICION_NONE);
}

/* A linear congruential generator: always the same series. */
static uint32_t next(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* By chance: at most one of a hundred, the stated level. */
Test(suspicion, noise_is_rarely_suspected) {
    enum { TRIED = 10000 };
    uint32_t state = 1, suspected = 0;
    for (int n = 0; n < TRIED; n++) {
        FILL(next(&state) % 1000);
        suspected += judge(POINTS).level != SUSPICION_NONE;
    }
    cr_assert_leq(suspected, TRIED / 100, "%u", suspected);
}

/* Each point is a step from the one before, and drawn back to a mean. */
Test(suspicion, what_wanders_about_a_mean_is_rarely_suspected) {
    enum { TRIED = 10000 };
    uint32_t state = 2, suspected = 0;
    for (int n = 0; n < TRIED; n++) {
        int64_t at = 0;
        FILL(at += (int64_t)(next(&state) % 201) - 100 - at / 4);
        suspected += judge(POINTS).level != SUSPICION_NONE;
    }
    cr_assert_leq(suspected, TRIED / 100, "%u", suspected);
}

static int64_t leaks_of_8(uint32_t *state) {
    int64_t count = 0;
    for (int window = 0; window < 8; window++)
        count += next(state) % 12 == 0;
    return count;
}

/* One window of twelve, 200 in all. */
Test(suspicion, what_leaks_at_random_is_found) {
    enum { TRIED = 1000 };
    uint32_t state = 3, found = 0;
    for (int n = 0; n < TRIED; n++) {
        int64_t leaks = 0;
        FILL(80 * (leaks += leaks_of_8(&state)));
        found += judge(POINTS).level != SUSPICION_NONE;
    }
    cr_assert_geq(found, TRIED * 95 / 100, "%u", found);
}

Test(suspicion, any_numbers_do_no_harm) {
    const int64_t most = (int64_t)SUSPICION_MOST_BYTES;
    FILL(i % 2 == 0 ? most : 0);
    judge(POINTS);
    FILL(i == 0 ? 0 : most);
    judge(POINTS);
    memset(windows, 0, sizeof windows);
    FILL(i * 100);
    judge(POINTS);
}
