/* SPDX-License-Identifier: MIT */
/*
 * memory: the session's figures, and the moments between which growth is measured. Growth is the
 * change since the program last went on from a stop (before: since the start), so at a stop it is
 * what has happened since the one before.
 *
 * The event luaheat/heat tells the client which lines have changed since the last such event: at
 * every stop (with its number, `stop`), at the end, and twice a second while the program runs. All
 * of it does nothing if memory is off.
 *
 * At a stop and at a snapshot the runtime waits until the figures have been read (link/link.h).
 */
#ifndef LUAHEAT_DAP_MEMORY_H
#define LUAHEAT_DAP_MEMORY_H

#include "figures_copy.h"
#include "lines.h"
#include "shared_memory.h"
#include "snapshots.h"

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

struct request;
struct session;

/* What the client shows of a site. No snapshot: growth and retained are of moments that may be gone
   by now, and what it shows of a site changes only when it is told. */
struct memory_shown {
    uint64_t allocations, live, retained;
    int64_t growth;
};

struct memory {
    struct session *session;
    bool on;
    struct shared_memory shared; /* what the program writes its figures into */
    struct figures_copy map;     /* as they were read last */
    struct snapshot since;       /* what growth is measured from; all zero: the start */
    struct snapshot resuming;    /* what it will be, if the program does go on */
    struct memory_shown *shown;  /* by site */
    size_t shown_count;
    unsigned last_id; /* of a stop or a snapshot */
    unsigned stop;    /* the last stop's */
    struct snapshots snapshots;
    uint64_t running_since; /* ms of the loop's clock: this run, or since a snapshot in it */
    uv_timer_t timer;
};

int memory_init(struct memory *memory, struct session *session);
void memory_finish(struct memory *memory);

/* Switches it on: makes the map for the program to be started. 0 or a negative errno. */
int memory_start(struct memory *memory);

/* The program has ended and another is to be started: as after memory_init(). */
void memory_forget(struct memory *memory);

/* The moments of a run. */
void memory_runs(struct memory *memory);     /* it starts */
void memory_stopped(struct memory *memory);  /* it has stopped */
void memory_resuming(struct memory *memory); /* it is stopped still and told to go on */
void memory_resumed(struct memory *memory);  /* it goes on */
void memory_ended(struct memory *memory);

/* The figures are of a moment that the client wants to be kept. name: NULL: none. */
void memory_snapshot(struct memory *memory, const char *name);

/* The figures of now; end with lines_finish(). Empty if memory is off. */
void memory_read(const struct memory *memory, struct lines *lines);

/* Answers a request that needs figures: memory is off. */
void memory_refuse(struct session *session, const struct request *request);

#endif
