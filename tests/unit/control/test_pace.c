/* SPDX-License-Identifier: MIT */
#include "pace.h"

#include <criterion/criterion.h>
#include <time.h>

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void let_pass(int64_t nanoseconds) {
    for (int64_t begin = now(); now() - begin < nanoseconds;)
        continue;
}

/* Whether one look right after the other makes the next come later; on a busy machine it may not be
   right after it. */
static bool speeds_up(struct pace pace) {
    for (int tries = 0; tries < 1000; tries++) {
        struct pace next = pace;
        pace_goes_on(&next);
        if (pace_look(&next) && next.count == 2 * pace.count)
            return true;
    }
    return false;
}

Test(pace, without_a_ringer_nobody_looks) {
    struct pace pace = {0};
    cr_assert_not(pace_look(&pace));
    cr_assert_not(pace_needs_hook(&pace));
    cr_assert_eq(pace_count(&pace), PACE_COMPUTES);
}

Test(pace, it_begins_with_few_instructions_and_the_time_of_now) {
    bool doubled = false;
    for (int tries = 0; tries < 1000 && !doubled; tries++) {
        struct pace pace = {0};
        pace_begin(&pace);
        cr_assert(pace_needs_hook(&pace));
        cr_assert_eq(pace_count(&pace), 100);
        doubled = pace_look(&pace) && pace.count == 200;
    }
    cr_assert(doubled);
}

Test(pace, who_rings_again_is_not_waited_for_longer_than_before) {
    struct pace pace = {.count = 7}, lazy = {.count = PACE_COMPUTES};
    pace_begin(&pace);
    cr_assert_eq(pace.count, 7);
    pace_begin(&lazy);
    cr_assert_eq(lazy.count, 100);
}

Test(pace, what_computes_is_looked_at_less_and_less) {
    cr_assert(speeds_up((struct pace){.count = 100}));
    cr_assert(speeds_up((struct pace){.count = 49999}));
}

Test(pace, down_to_not_at_all) {
    struct pace pace = {.count = PACE_COMPUTES - 1};
    for (int tries = 0; tries < 1000 && pace_needs_hook(&pace); tries++) {
        pace.count = PACE_COMPUTES - 1;
        pace_goes_on(&pace);
        pace_look(&pace);
    }
    cr_assert_eq(pace.count, PACE_COMPUTES);
    pace_goes_on(&pace);
    pace_look(&pace);
    cr_assert_leq(pace.count, PACE_COMPUTES);
}

Test(pace, what_waits_is_looked_at_more_often) {
    struct pace pace = {.count = PACE_COMPUTES};
    pace_goes_on(&pace);
    let_pass(5000001);
    cr_assert(pace_look(&pace));
    cr_assert_leq(pace.count, PACE_COMPUTES / 2 + 1);
    cr_assert(pace_needs_hook(&pace));
}

Test(pace, but_never_without_an_instruction_between) {
    struct pace pace = {.count = 1};
    let_pass(5000001);
    pace_look(&pace);
    cr_assert_eq(pace.count, 1);
}
