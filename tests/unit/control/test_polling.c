/* SPDX-License-Identifier: MIT */
#include "polling.h"

#include <criterion/criterion.h>
#include <time.h>

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void compute(int64_t nanoseconds) {
    for (int64_t begin = now(); now() - begin < nanoseconds;)
        continue;
}

static void wait(long nanoseconds) {
    nanosleep(&(struct timespec){.tv_nsec = nanoseconds}, NULL);
}

/* Whether one look right after the other makes the next come later; on a busy machine it may not be
   right after it. */
static bool speeds_up(struct polling polling) {
    for (int tries = 0; tries < 1000; tries++) {
        struct polling next = polling;
        polling_goes_on(&next);
        if (polling_look(&next) && next.count == 2 * polling.count)
            return true;
    }
    return false;
}

Test(polling, without_a_ringer_nobody_looks) {
    struct polling polling = {0};
    cr_assert_not(polling_look(&polling));
    cr_assert_not(polling_needs_hook(&polling));
    cr_assert_eq(polling_count(&polling), POLLING_COMPUTES);
}

Test(polling, it_begins_with_few_instructions_and_the_time_of_now) {
    bool doubled = false;
    for (int tries = 0; tries < 1000 && !doubled; tries++) {
        struct polling polling = {0};
        polling_begin(&polling);
        cr_assert(polling_needs_hook(&polling));
        cr_assert_eq(polling_count(&polling), 100);
        doubled = polling_look(&polling) && polling.count == 200;
    }
    cr_assert(doubled);
}

Test(polling, who_rings_again_is_not_waited_for_longer_than_before) {
    struct polling polling = {.count = 7}, lazy = {.count = POLLING_COMPUTES};
    polling_begin(&polling);
    cr_assert_eq(polling.count, 7);
    polling_begin(&lazy);
    cr_assert_eq(lazy.count, 100);
}

Test(polling, what_computes_is_looked_at_less_and_less) {
    cr_assert(speeds_up((struct polling){.count = 100}));
    cr_assert(speeds_up((struct polling){.count = 49999}));
}

Test(polling, down_to_not_at_all) {
    struct polling polling = {.count = POLLING_COMPUTES - 1};
    for (int tries = 0; tries < 1000 && polling_needs_hook(&polling); tries++) {
        polling.count = POLLING_COMPUTES - 1;
        polling_goes_on(&polling);
        polling_look(&polling);
    }
    cr_assert_eq(polling.count, POLLING_COMPUTES);
    polling_goes_on(&polling);
    polling_look(&polling);
    cr_assert_leq(polling.count, POLLING_COMPUTES);
}

Test(polling, what_waits_is_looked_at_more_often) {
    struct polling polling = {0};
    polling_begin(&polling);
    polling.count = POLLING_COMPUTES;
    wait(5000001);
    cr_assert(polling_look(&polling));
    cr_assert_leq(polling.count, POLLING_COMPUTES / 2 + 1);
    cr_assert(polling_needs_hook(&polling));
}

Test(polling, but_never_without_an_instruction_between) {
    struct polling polling = {0};
    polling_begin(&polling);
    polling.count = 1;
    wait(5000001);
    polling_look(&polling);
    cr_assert_eq(polling.count, 1);
}

/* Few instructions may be the C functions', or those of the one thread among many that counts. */
Test(polling, what_has_not_waited_computes_however_few_instructions_that_is) {
    bool computes = false;
    for (int tries = 0; tries < 1000 && !computes; tries++) { /* a page may have to be waited for */
        struct polling polling = {0};
        polling_begin(&polling);
        compute(10000001);
        computes = polling_look(&polling) && !polling_needs_hook(&polling);
    }
    cr_assert(computes);
}

Test(polling, what_waits_now_and_then_does_not) {
    struct polling polling = {0};
    polling_begin(&polling);
    for (int i = 0; i < 5; i++) {
        compute(6000000);
        wait(1);
        polling_look(&polling);
        cr_assert(polling_needs_hook(&polling));
    }
}
