/* SPDX-License-Identifier: MIT */
/*
 * deadline: until when a peer may take its time. In milliseconds of the clock (clock.h).
 */
#ifndef LUAHEAT_BASE_DEADLINE_H
#define LUAHEAT_BASE_DEADLINE_H

#include "clock.h"

static inline int64_t deadline_in(int64_t milliseconds) {
    return clock_ns() / 1000000 + milliseconds;
}

/* Not above 0 once it is over. */
static inline int64_t deadline_left(int64_t deadline) {
    return deadline - deadline_in(0);
}

#endif
