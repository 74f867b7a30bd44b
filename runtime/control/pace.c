/* SPDX-License-Identifier: MIT */
#include "pace.h"

#include <time.h>

enum { FIRST = 100, LOOK_NS = 5000000 };

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void pace_begin(struct pace *pace) {
    if (pace->count == 0 || pace->count > FIRST)
        pace->count = FIRST;
    pace->looked = now();
}

void pace_goes_on(struct pace *pace) {
    pace->looked = now();
}

bool pace_look(struct pace *pace) {
    int before = pace->count;
    if (before == 0)
        return false;
    int64_t time = now(), passed = time - pace->looked;
    pace->looked = time;
    if (passed > LOOK_NS) /* to the middle of what is left alone */
        pace->count = (int)(before * (int64_t)(LOOK_NS / 2) / passed) + 1;
    else if (passed < LOOK_NS / 4 && before < PACE_COMPUTES)
        pace->count = before * 2 < PACE_COMPUTES ? before * 2 : PACE_COMPUTES;
    return pace->count != before;
}
