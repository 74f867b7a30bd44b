/* SPDX-License-Identifier: MIT */
/*
 * polling: how often the hook looks whether the bell has rung. A program that waits in the system
 * again and again, and allocates nothing between, is reached by nothing else without cutting its
 * calls short; it runs few instructions, so it can be looked at after few. One that computes is
 * reached by a signal, and needs no hook for it: one that has not waited for a while, or of which
 * few milliseconds are many instructions. Each thread counts for itself, so that a program of short
 * coroutines runs more of them between two looks.
 */
#ifndef LUAHEAT_CONTROL_POLLING_H
#define LUAHEAT_CONTROL_POLLING_H

#include <stdbool.h>
#include <stdint.h>

/* Instructions: what a program that computes runs in less than a millisecond. */
enum { POLLING_COMPUTES = 100000 };

/* All zero: nobody rings. */
struct polling {
    int count;        /* of instructions between two looks */
    int64_t looked;   /* when it did last, in nanoseconds */
    int64_t computes; /* since when it has not waited, as far as looks tell, likewise */
    uint64_t waits;   /* how often it had by then: os_thread_waits() */
};

/* Somebody may ring from now on; or has rung, and may do so again. */
void polling_begin(struct polling *polling);

/* The hook looks. Whether the count has changed; then polling_goes_on() once the hook has been
   installed with it, which takes its time on a deep stack and is no sign of waiting. */
bool polling_look(struct polling *polling);
void polling_goes_on(struct polling *polling);

static inline bool polling_needs_hook(const struct polling *polling) {
    return polling->count > 0 && polling->count < POLLING_COMPUTES;
}

/* Of instructions until the hook is to be called again. */
static inline int polling_count(const struct polling *polling) {
    return polling->count > 0 ? polling->count : POLLING_COMPUTES;
}

#endif
