/* SPDX-License-Identifier: MIT */
/*
 * pace: how often the hook looks whether the bell has rung. A program that waits in the system
 * again and again, and allocates nothing between, is reached by nothing else without cutting its
 * calls short; it runs few instructions, so it can be looked at after few. One that computes is
 * reached by a signal, and needs no hook for it.
 */
#ifndef LUAHEAT_CONTROL_PACE_H
#define LUAHEAT_CONTROL_PACE_H

#include <stdbool.h>
#include <stdint.h>

/* Instructions: what a program that computes runs in less than a millisecond. */
enum { PACE_COMPUTES = 100000 };

/* All zero: nobody rings. */
struct pace {
    int count;      /* of instructions between two looks */
    int64_t looked; /* when it did last, in nanoseconds */
};

/* Somebody may ring from now on; or has rung, and may do so again. */
void pace_begin(struct pace *pace);

/* The hook looks. Whether the count has changed; then pace_goes_on() once the hook has been
   installed with it, which takes its time on a deep stack and is no sign of waiting. */
bool pace_look(struct pace *pace);
void pace_goes_on(struct pace *pace);

static inline bool pace_needs_hook(const struct pace *pace) {
    return pace->count > 0 && pace->count < PACE_COMPUTES;
}

/* Of instructions until the hook is to be called again. */
static inline int pace_count(const struct pace *pace) {
    return pace->count > 0 ? pace->count : PACE_COMPUTES;
}

#endif
