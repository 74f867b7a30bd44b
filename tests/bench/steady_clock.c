/* SPDX-License-Identifier: MIT */
/*
 * steady_clock: a clock for programs whose instructions are counted, which makes them slow.
 * Whenever somebody looks at it 0.1 ms have passed, as for a program that computes: what the
 * runtime does by the clock (polling) it does as it would otherwise, and the same in each run.
 * `LD_PRELOAD=steady_clock.so valgrind program`
 */
#define _GNU_SOURCE
#include <time.h>

enum { STEP_NS = 100000, SECOND_NS = 1000000000 };

int clock_gettime(clockid_t clock, struct timespec *time) {
    static struct timespec now;
    (void)clock;
    now.tv_nsec += STEP_NS;
    if (now.tv_nsec >= SECOND_NS)
        now = (struct timespec){.tv_sec = now.tv_sec + 1};
    *time = now;
    return 0;
}
