/* SPDX-License-Identifier: MIT */
/*
 * progress: does a line begin where Lua tells of it, or does Lua only come back to it within a
 * statement? That cannot be told from the event: it depends on the way that led there. So for each
 * frame of a function that holds a breakpoint on such a line it is followed where in its flow the
 * frame can be.
 *
 * What is not known is taken for a beginning: rather one stop too many than one too few.
 */
#ifndef LUAHEAT_CONTROL_PROGRESS_H
#define LUAHEAT_CONTROL_PROGRESS_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct flow;

/* Beyond these a frame's place is unknown, and a line taken to begin. */
enum { PROGRESS_PLACES = 4, PROGRESS_BEGUN = 6 };

struct progress_begun {
    int line;
    uint32_t last; /* place: behind it the line is over */
};

/* Of one frame. `frame` and `line` alone: it is somewhere on that line, or anywhere (-1). */
struct progress {
    const void *frame;       /* lua_Debug.i_ci; NULL: no entry */
    const struct flow *flow; /* NULL: not asked for yet */
    int line;                /* the last event's; 0: the function begins */
    bool unsure;             /* what lies before where it is has run, as far as we know */
    unsigned char place_count, begun_count;
    uint32_t places[PROGRESS_PLACES];            /* where it can be */
    struct progress_begun begun[PROGRESS_BEGUN]; /* lines that it may come back to */
};

/* Of the frames of a thread, by frame. One block, free() ends it. */
struct progress_table {
    size_t room, count;
    struct progress entries[];
};

/* The frame begins to run a function. */
void progress_enter(struct progress_table **table, const void *frame);

/* The frame's entry. It is made if there is none, as one that is anywhere. NULL if memory is out.
 */
struct progress *progress_of(struct progress_table **table, const void *frame);

/* The same; NULL if there is none. */
const struct progress *progress_find(struct progress_table *table, const void *frame);

/* Lua tells of the line: does it begin? */
bool progress_begins(struct progress *progress, const struct flow *flow, int line);

#endif
