/* SPDX-License-Identifier: MIT */
/*
 * pending: the client's requests that the runtime has still to answer, so that they can be
 * cancelled, and so that the client hears of one that takes its time (progress events, if it
 * supports them).
 */
#ifndef LUAHEAT_DAP_PENDING_H
#define LUAHEAT_DAP_PENDING_H

#include "client.h"

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/* Work that takes longer is shown as progress. */
#define PENDING_PROGRESS_MS 1000

struct session;

/* Part of what waits for an answer; not moved meanwhile. */
struct pending_request {
    struct pending_request *next;
    const char *command;
    int64_t seq;      /* the client's */
    int64_t link_seq; /* the link's */
    uint64_t since;   /* ms of the loop's clock */
    int progress;     /* number of the progress shown; 0: none */
};

struct pending {
    struct pending_request *first; /* oldest first */
    uv_timer_t timer;
    int last_progress;
};

int pending_init(struct pending *pending, struct session *session);

/* Is about to be sent to the runtime. */
void pending_add(struct session *session, struct pending_request *request,
                 const struct client_ticket *ticket);

/* Has been answered. To be called before the client gets the answer. */
void pending_remove(struct session *session, struct pending_request *request);

#endif
