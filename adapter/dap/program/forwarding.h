/* SPDX-License-Identifier: MIT */
/*
 * forwarding: the client's requests that the runtime answers, in DAP's own words. Until it has
 * answered they can be cancelled, and the client hears of one that takes its time (progress
 * events, if it supports them). Whom nobody will answer soon, because the program runs no Lua code
 * now, is not kept waiting.
 */
#ifndef LUAHEAT_DAP_FORWARDING_H
#define LUAHEAT_DAP_FORWARDING_H

#include "client.h"
#include "invalidation.h"
#include "runtime_link.h"

#include <stdint.h>
#include <uv.h>

/* Work that takes longer is shown as progress. */
#define FORWARDING_PROGRESS_MS 1000

struct forwarded;

/* Does the program run no Lua code now? */
typedef bool forwarding_idle_function(const void *data);

struct forwarding {
    struct client *client;
    struct runtime_link *link;
    struct invalidation invalidation;
    struct forwarded *first; /* oldest first */
    struct loop_handles *handles;
    uv_timer_t timer;
    int last_progress;                 /* the number of one; the client knows them by it */
    forwarding_idle_function *is_idle; /* NULL: it is waited for, however long it takes */
    const void *idle_data;
};

/* Changes the body of a good answer before it goes to the client. */
typedef void forwarding_amend_function(void *data, cJSON *body);

/* What is done with the answer. */
struct forwarding_answer {
    forwarding_amend_function *amend; /* NULL: nothing is changed */
    void *data;
    cJSON *without; /* of a request that is legal without a program too the answer it has then,
                       which is given if the program ends before it has answered (a launch fails,
                       say); NULL: it is refused */
};

/* 0 or UV_E... The client, the link and the figures stay their owner's. */
int forwarding_init(struct forwarding *forwarding, struct loop_handles *handles,
                    struct client *client, struct runtime_link *link, struct heat_map *heat);

/* After the link has been closed: nothing waits any more. */
void forwarding_finish(struct forwarding *forwarding);

/* Sends a command, mostly the request's own, to the runtime, and its answer to the client. Takes
   arguments and `without`. */
void forwarding_send(struct forwarding *forwarding, const struct request *request,
                     const char *command, cJSON *arguments, struct forwarding_answer answer);

/* The runtime has come so far with the command of that number on the link: so many objects of a
   heap of so many (0: not known). */
void forwarding_note_walk(struct forwarding *forwarding, int64_t link_seq, uint64_t objects,
                          uint64_t all);

/* Tells the client why the runtime did not do what it was asked. */
void forwarding_refuse(struct client *client, const struct client_ticket *ticket,
                       const struct runtime_reply *reply);

/* Tells the client that the program runs no Lua code now. */
void forwarding_refuse_idle(struct client *client, const struct client_ticket *ticket);

/* The request of this number, or the one that is shown as this progress (NULL: none). What does not
   wait (any more) cannot be cancelled, which is no error: the client cannot know. */
void forwarding_cancel(struct forwarding *forwarding, int64_t seq, const char *progress);

#endif
