/* SPDX-License-Identifier: MIT */
#include "heap_history.h"

#include <stddef.h>
#include <time.h>

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

void heap_history_init(struct heap_history *history, struct timeline_figures *shared) {
    *history = (struct heap_history){.shared = shared, .start = now()};
}

static uint32_t count_of(const struct timeline_figures *shared) {
    return atomic_load_explicit(&shared->count, memory_order_relaxed);
}

/* Two stretches become one. */
static void halve(struct timeline_figures *shared) {
    for (size_t i = 0; i < TIMELINE_POINTS / 2; i++) {
        const struct timeline_point *first = &shared->points[2 * i], *second = first + 1;
        shared->points[i] = (struct timeline_point){
            second->microseconds, first->live > second->live ? first->live : second->live};
    }
    shared->stretch *= 2;
    atomic_store_explicit(&shared->count, TIMELINE_POINTS / 2, memory_order_release);
}

static void begin_stretch(struct heap_history *history, struct timeline_point point) {
    struct timeline_figures *shared = history->shared;
    if (shared->stretch == 0)
        shared->stretch = 1;
    if (count_of(shared) == TIMELINE_POINTS)
        halve(shared);
    shared->points[count_of(shared)] = point;
    atomic_store_explicit(&shared->count, count_of(shared) + 1, memory_order_release);
    history->samples = 1;
}

void heap_history_add(struct heap_history *history, uint64_t microseconds, uint64_t live) {
    struct timeline_figures *shared = history->shared;
    if (history->samples == shared->stretch) {
        begin_stretch(history, (struct timeline_point){microseconds, live});
        return;
    }
    struct timeline_point *last = &shared->points[count_of(shared) - 1];
    last->microseconds = microseconds;
    if (last->live < live)
        last->live = live;
    history->samples++;
}

void heap_history_note(struct heap_history *history, uint64_t live) {
    if (history->shared != NULL)
        heap_history_add(history, now() - history->start, live);
}
