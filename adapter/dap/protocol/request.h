/* SPDX-License-Identifier: MIT */
/*
 * request: how requests are declared and found. Each topic file ends with a table of what it
 * answers; requests.c lists the tables. From them come the dispatch, the check of the state, and
 * the capabilities that `initialize` reports: none can be advertised without what implements it.
 */
#ifndef LUAHEAT_DAP_REQUEST_H
#define LUAHEAT_DAP_REQUEST_H

#include "arguments.h"
#include "client.h"
#include "message.h"
#include "state.h"

struct session;

struct request {
    struct client_ticket ticket; /* may be kept for an answer that comes later */
    struct arguments arguments;  /* what they hold lives only as long as the call */
};

/* Answers the request now or later. If it returns with arguments.problem set it has not answered,
   and the problem becomes the answer. */
typedef void request_function(struct session *session, struct request *request);

#define REQUEST_CAPABILITIES 4

struct request_entry {
    const char *command; /* NULL ends a table */
    unsigned states;     /* bits of enum session_state in which it is legal */
    request_function *function;
    /* Fields of DAP's Capabilities that it makes true; "luaheat/x": field x of our own object
     * there. */
    const char *capabilities[REQUEST_CAPABILITIES];
};

struct request_router {
    const struct request_entry *const *tables; /* ends with NULL */
    struct client *client;
    struct session *session; /* handed to the functions */
};

/* Answers a message of verdict MESSAGE_REQUEST, or has it answered. */
void request_route(const struct request_router *router, enum session_state state,
                   const struct message *message);

/* The body of the initialize response. */
cJSON *request_capabilities(const struct request_entry *const *tables);

#endif
