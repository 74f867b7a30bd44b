/* SPDX-License-Identifier: MIT */
/*
 * changes: what a client shows and a request of its own has made untrue, told by the events
 * `invalidated` and `memory` to those that support them.
 *
 * The console can change any variable, and any memory that has been looked at; so can setting a
 * variable, which another scope may show too.
 */
#ifndef LUAHEAT_DAP_CHANGES_H
#define LUAHEAT_DAP_CHANGES_H

#include "request.h"

#include <cJSON.h>
#include <stdbool.h>

/* What a request will have changed if it succeeds. All zero: nothing. */
struct change {
    bool values;
    bool threads;
    cJSON *written; /* the arguments of writeMemory */
};

/* The memory that the client has read at this stop: DAP's bodies of `memory`, one a reference. */
struct changes {
    cJSON *read;
};

void changes_finish(struct changes *changes);

/* To be called when a request is sent to the runtime. End with changes_tell() or change_finish().
 */
struct change changes_of(struct session *session, const struct request *request);
void change_finish(struct change *change);

/* It has succeeded, and has been answered. */
void changes_tell(struct session *session, struct change *change);

/* The program has stopped: nothing of before is shown any more. */
void changes_forget(struct session *session);

#endif
