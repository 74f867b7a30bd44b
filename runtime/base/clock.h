/* SPDX-License-Identifier: MIT */
/*
 * clock: a clock that nobody sets, for how long something takes.
 */
#ifndef LUAHEAT_BASE_CLOCK_H
#define LUAHEAT_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* In nanoseconds, from some moment on. */
static inline int64_t clock_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

#endif
