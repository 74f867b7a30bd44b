/* SPDX-License-Identifier: MIT */
/*
 * request: how requests are declared and found. Each topic file ends with a table of what it
 * answers; request_tables.h lists the tables. From them come the dispatch, the check of the state,
 * and the capabilities that `initialize` reports: none can be advertised without what implements
 * it.
 */
#ifndef LUAHEAT_DAP_REQUEST_H
#define LUAHEAT_DAP_REQUEST_H

#include "arguments.h"
#include "client.h"
#include "message.h"

struct configuration;
struct program;
struct session;

/* How far a session has come. Single bits, so that a request can name all states it is legal in. */
enum session_state {
    STATE_NEW = 1,         /* initialize has not been asked */
    STATE_CONFIGURING = 2, /* until launch and configurationDone have both come through */
    STATE_RUNNING = 4,
    STATE_STOPPED = 8,
    STATE_ENDED = 16, /* there is no program any more; the client may still look at its figures */
};

#define STATE_ANY (STATE_NEW | STATE_INITIALIZED)
#define STATE_INITIALIZED (STATE_CONFIGURING | STATE_STARTED)
#define STATE_STARTED (STATE_RUNNING | STATE_STOPPED | STATE_ENDED)

/* What the structs at its end are is known in the rooms that they are of. */
struct request {
    struct client_ticket ticket; /* may be kept for an answer that comes later */
    struct arguments arguments;  /* what they hold lives only as long as the call */
    struct client *client;
    struct configuration *configuration; /* breakpoints/configuration.h */
    struct program *program; /* program/program.h; never NULL in a state of STATE_STARTED */
    struct session *session; /* session/session.h: for those that begin and end programs */
};

/* Answers the request now or later. If it returns with arguments.problem set it has not answered,
   and the problem becomes the answer. */
typedef void request_function(struct request *request);

#define REQUEST_CAPABILITIES 4

struct request_entry {
    const char *command; /* NULL ends a table */
    unsigned states;     /* bits of enum session_state in which it is legal */
    request_function *function;
    /* Fields of DAP's Capabilities that it makes true; "luaheat/x": field x of our own object
     * there. */
    const char *capabilities[REQUEST_CAPABILITIES];
};

/* Answers a message of verdict MESSAGE_REQUEST, or has it answered. `about`: what the functions are
   handed, but the ticket and the arguments. The tables end with NULL. */
void request_route(const struct request_entry *const *tables, enum session_state state,
                   const struct request *about, const struct message *message);

/* The body of the initialize response. */
cJSON *request_capabilities(const struct request_entry *const *tables);

#endif
