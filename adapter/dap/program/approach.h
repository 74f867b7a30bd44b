/* SPDX-License-Identifier: MIT */
/*
 * approach: the way to a program that runs already: looks for its door and connects, again and
 * again until there is one or its time is over; or waits for the program to come to us. Knows
 * nothing of what is said then.
 */
#ifndef LUAHEAT_DAP_APPROACH_H
#define LUAHEAT_DAP_APPROACH_H

#include <stdbool.h>
#include <uv.h>

struct attach_settings;
struct door;

/* Who has been met. */
struct approach_met {
    int fd;  /* a connected socket; the callee's */
    int pid; /* 0: unknown */
    /* As long as the call lasts: */
    const struct door *door; /* what it says of itself (doors/door_list.h); NULL: nothing */
    const char *others;      /* the other doors of a process that was named by its number; NULL */
};

/* The data is the owner's. The approach is over after one of the first two. */
struct approach_events {
    void (*on_met)(void *data, const struct approach_met *met);
    void (*on_failed)(void *data, const char *text);  /* and what to do about it */
    void (*on_waiting)(void *data, const char *text); /* why it is not there yet: something new */
};

struct approach;

/* Nobody is approached yet. */
struct approach *approach_create(uv_loop_t *loop, const struct approach_events *events, void *data);

/* Begins, and may be over when it returns. `again`: it was there before, and is waited for without
   an end. The settings stay their owner's. */
void approach_start(struct approach *approach, const struct attach_settings *wanted, bool again);

/* Why it is not there yet; NULL: nobody has looked, or it is over. */
const char *approach_reason(const struct approach *approach);

/* Gives up without a word; harmless if it is over. The loop frees what is left. NULL is fine. */
void approach_destroy(struct approach *approach);

#endif
