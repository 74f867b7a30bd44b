/* SPDX-License-Identifier: MIT */
#include "polling.h"

#include <time.h>

enum { FIRST = 100, LOOK_NS = 5000000 };

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void polling_begin(struct polling *polling) {
    if (polling->count == 0 || polling->count > FIRST)
        polling->count = FIRST;
    polling->looked = now();
}

void polling_goes_on(struct polling *polling) {
    polling->looked = now();
}

bool polling_look(struct polling *polling) {
    int before = polling->count;
    if (before == 0)
        return false;
    int64_t time = now(), passed = time - polling->looked;
    polling->looked = time;
    if (passed > LOOK_NS) /* to the middle of what is left alone */
        polling->count = (int)(before * (int64_t)(LOOK_NS / 2) / passed) + 1;
    else if (passed < LOOK_NS / 4 && before < POLLING_COMPUTES)
        polling->count = before * 2 < POLLING_COMPUTES ? before * 2 : POLLING_COMPUTES;
    return polling->count != before;
}
