/* SPDX-License-Identifier: MIT */
/*
 * deadline: until when a peer may take its time. In milliseconds of a clock that nobody sets.
 */
#ifndef LUAHEAT_BASE_DEADLINE_H
#define LUAHEAT_BASE_DEADLINE_H

#include <stdint.h>
#include <time.h>

static inline int64_t deadline_in(int64_t milliseconds) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 + milliseconds;
}

/* Not above 0 once it is over. */
static inline int64_t deadline_left(int64_t deadline) {
    return deadline - deadline_in(0);
}

#endif
