/* SPDX-License-Identifier: MIT */
/*
 * invalidation: what a client shows and a request of its own has made untrue, told by the events
 * `invalidated` and `memory` to those that support them, and by luaheat/heat.
 *
 * The console can change any variable, and any memory that has been looked at; so can setting a
 * variable, which another scope may show too.
 */
#ifndef LUAHEAT_DAP_INVALIDATION_H
#define LUAHEAT_DAP_INVALIDATION_H

#include "request.h"

#include <cJSON.h>
#include <stdbool.h>

struct heat_map;

/* What a request will have made untrue if it succeeds. All zero: nothing. */
struct invalidated {
    bool values;
    bool threads;
    cJSON *written; /* the arguments of writeMemory */
};

struct invalidation {
    struct client *client;
    struct heat_map *heat;
    cJSON *read; /* the memory that it has read at this stop: DAP's bodies of `memory`, one a
                    reference */
};

void invalidation_finish(struct invalidation *invalidation);

/* To be called when a request is sent to the runtime. End with invalidation_tell() or
   invalidated_finish(). */
struct invalidated invalidation_by(struct invalidation *invalidation,
                                   const struct request *request);
void invalidated_finish(struct invalidated *invalidated);

/* It has succeeded, and has been answered. */
void invalidation_tell(const struct invalidation *invalidation, struct invalidated *invalidated);

/* The program has stopped: nothing of before is shown any more. */
void invalidation_forget(struct invalidation *invalidation);

#endif
