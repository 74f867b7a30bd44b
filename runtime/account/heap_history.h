/* SPDX-License-Identifier: MIT */
/*
 * heap_history: writes the timeline of link/timeline.h.
 */
#ifndef LUAHEAT_ACCOUNT_HEAP_HISTORY_H
#define LUAHEAT_ACCOUNT_HEAP_HISTORY_H

#include "timeline.h"

/* All zero is off. */
struct heap_history {
    struct timeline_figures *shared;
    uint64_t start;   /* microseconds of the monotonic clock */
    uint32_t samples; /* in the last stretch */
};

/* Zeroed figures, or NULL: off. Time starts now. */
void heap_history_init(struct heap_history *history, struct timeline_figures *shared);

/* So much lives now. */
void heap_history_note(struct heap_history *history, uint64_t live);

/* So much lived then; not before what was added before. While on. */
void heap_history_add(struct heap_history *history, uint64_t microseconds, uint64_t live);

#endif
