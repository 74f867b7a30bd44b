/* SPDX-License-Identifier: MIT */
/*
 * heat_map: the figures of one program, and the moments between which growth is measured. Growth is
 * the change since the program last went on from a stop (before: since the start), so at a stop it
 * is what has happened since the one before.
 *
 * The event luaheat/heat tells the client which lines have changed since the last such event: at
 * every stop (with its number, `stop`), at the end, and twice a second while the program runs. That
 * growth and retained begin at 0 again, as the program goes on from a stop, is told of all lines at
 * once: by the number of that stop (`since`). All of it does nothing if memory is off.
 *
 * At a stop and at a snapshot the runtime waits until the figures have been read (link/link.h).
 */
#ifndef LUAHEAT_DAP_HEAT_MAP_H
#define LUAHEAT_DAP_HEAT_MAP_H

#include "figures_copy.h"
#include "kept_snapshots.h"
#include "lines.h"
#include "loop_handles.h"
#include "request.h"
#include "shared_memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

/* What the client shows of a site. No snapshot: growth and retained are of moments that may be gone
   by now, and what it shows of a site changes only when it is told. */
struct heat_map_shown {
    uint64_t allocations, live, retained;
    int64_t growth, allocated_below, live_below, growth_below;
};

struct heat_map {
    struct client *client;
    struct loop_handles *handles;
    bool on;
    bool stands;                  /* the program is at a stop */
    struct shared_memory shared;  /* what the program writes its figures into */
    struct figures_copy copy;     /* as they were read last */
    struct snapshot since;        /* what growth is measured from; all zero: the start */
    struct snapshot resuming;     /* what it will be, if the program does go on */
    struct heat_map_shown *shown; /* by site */
    size_t shown_count;
    unsigned last_id;    /* of a stop or a snapshot */
    unsigned stop;       /* the last stop's */
    unsigned since_stop; /* the stop that growth is measured from; 0: the start */
    struct kept_snapshots snapshots;
    uint64_t running_since; /* ms of the loop's clock: this run, or since a snapshot in it */
    uv_timer_t timer;
};

/* 0 or UV_E... The client stays its owner's. `before`: the figures of the program whose place this
   one's takes, or NULL. Ids go on counting, so that what was handed out at an old stop is known to
   be old. */
int heat_map_init(struct heat_map *heat, struct loop_handles *handles, struct client *client,
                  const struct heat_map *before);
void heat_map_finish(struct heat_map *heat);

/* Switches it on: makes the memory for the program to be started. 0 or a negative errno. */
int heat_map_start(struct heat_map *heat);

/* Keeps the figures of now for the next of the functions below that say so; the program, which
   waits for it at a stop and at a snapshot, may go on then. */
void heat_map_take(const struct heat_map *heat);

/* The moments of a run. */
void heat_map_runs(struct heat_map *heat);     /* it starts */
void heat_map_stopped(struct heat_map *heat);  /* it has stopped; of what was taken */
void heat_map_resuming(struct heat_map *heat); /* it is stopped still and told to go on */
void heat_map_stays(struct heat_map *heat);    /* it was told to, and does not */
void heat_map_resumed(struct heat_map *heat);  /* it goes on */
void heat_map_ended(struct heat_map *heat);

/* Something has changed the figures: tells the client. At a stop that is as it is now then. */
void heat_map_changed(struct heat_map *heat);

/* What was taken is of a moment that the client wants to be kept. name: NULL: none. */
void heat_map_snapshot(struct heat_map *heat, const char *name);

/* The figures of now; end with lines_finish(). Empty if memory is off. */
void heat_map_read(const struct heat_map *heat, struct lines *lines);

/* Answers a request that needs figures: memory is off. */
void heat_map_refuse(const struct request *request);

#endif
