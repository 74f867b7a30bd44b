/* SPDX-License-Identifier: MIT */
#include "polling.h"

#include "clock.h"
#include "os_thread.h"

/* Who has not waited for COMPUTES_NS hardly begins to just then. */
enum { FIRST = 100, LOOK_NS = 5000000, COMPUTES_NS = 10000000 };

void polling_begin(struct polling *polling) {
    if (polling->count == 0 || polling->count > FIRST)
        polling->count = FIRST;
    polling->looked = polling->computes = clock_ns();
    polling->waits = os_thread_waits();
}

void polling_goes_on(struct polling *polling) {
    polling->looked = clock_ns();
}

static bool has_waited(struct polling *polling, int64_t time) {
    uint64_t waits = os_thread_waits();
    if (waits == polling->waits)
        return false;
    polling->waits = waits;
    polling->computes = time;
    return true;
}

bool polling_look(struct polling *polling) {
    int before = polling->count;
    if (before == 0)
        return false;
    int64_t time = clock_ns(), passed = time - polling->looked;
    polling->looked = time;
    if (!has_waited(polling, time) && time - polling->computes >= COMPUTES_NS)
        polling->count = POLLING_COMPUTES;
    else if (passed > LOOK_NS) /* to the middle of what is left alone */
        polling->count = (int)(before * (int64_t)(LOOK_NS / 2) / passed) + 1;
    else if (passed < LOOK_NS / 4 && before < POLLING_COMPUTES)
        polling->count = before * 2 < POLLING_COMPUTES ? before * 2 : POLLING_COMPUTES;
    return polling->count != before;
}
