/* SPDX-License-Identifier: MIT */
/*
 * server: the runtime's side of the link's conversation (link/link.h). Answers requests before the
 * script starts, while it runs (when the hook notices them) and while it is stopped; tells of
 * stops.
 *
 * It has the debugger, and is its listener.
 */
#ifndef LUAHEAT_SERVE_SERVER_H
#define LUAHEAT_SERVE_SERVER_H

#include "channel.h"
#include "data_breakpoints.h"
#include "debugger.h"
#include "error_condition.h"
#include "figures.h"
#include "hits.h"
#include "inbox.h"
#include "inspect.h"
#include "snippets.h"
#include "sources.h"
#include "stop.h"

enum server_error_filter { SERVER_UNCAUGHT, SERVER_CAUGHT, SERVER_ERROR_FILTERS };

struct server {
    struct debugger debugger;
    struct channel channel;
    struct inbox inbox;
    struct sources sources;
    struct stop *stop; /* while the program is stopped, else NULL */
    struct stop_history history;
    struct snippets snippets; /* the code of breakpoints */
    struct hits hits;
    struct data_breakpoints data;
    struct bell *bell; /* the adapter's; NULL: none */
    bool unshown;      /* the adapter has not shown yet what a breakpoint prints */
    bool collects;     /* a full collection before each window opens or closes */
    bool going;        /* the stop, or the wait for configurationDone, is over */
    bool stop_on_entry;
    bool ansi; /* the client shows colours in values */
    struct error_condition error_conditions[SERVER_ERROR_FILTERS];
};

/* A request's handler: the body of the answer (NULL: an empty one), or NULL with the problem told.
 */
typedef cJSON *server_answer(struct server *server, const cJSON *arguments,
                             struct inspect_problem *problem);

/* A row of a request table; a table ends with a row of NULLs. Each topic file ends with its table.
   What the arguments are and when it may come stands in the contract (link/contract.h): it is
   called then, with such. */
struct server_request {
    const char *command;
    server_answer *answer;
};

extern const struct server_request server_source_requests[];     /* sources.c */
extern const struct server_request server_execution_requests[];  /* execution.c */
extern const struct server_request server_breakpoint_requests[]; /* breakpoint_requests.c */
extern const struct server_request server_function_requests[];   /* function_requests.c */
extern const struct server_request server_data_requests[];       /* data_breakpoints.c */
extern const struct server_request server_printing_requests[];   /* printing.c */
extern const struct server_request server_exception_requests[];  /* exception_requests.c */
extern const struct server_request server_memory_requests[];     /* memory_requests.c */
extern const struct server_request server_measuring_requests[];  /* measuring.c */
extern const struct server_request server_snapshot_requests[];   /* snapshots.c */

/* link: a connected socket, which becomes the server's, or -1. bell and figures may be NULL. 0 or
   -ENOMEM. */
int server_init(struct server *server, int link, struct bell *bell, struct figures *figures);
void server_finish(struct server *server);

/* The server of the debugger that L belongs to. */
static inline struct server *server_of(lua_State *L) {
    return debugger_of(L)->listener.data;
}

/* Says `ready` and serves until configurationDone. Before the Lua state exists. script: the file's
   name, NULL if it is standard input. Without a link it returns at once. */
void server_configure(struct server *server, const char *script);

/* The script's first line is about to run: where stopOnEntry stops. */
void server_begin_script(struct server *server);

/* The thread that runs now, in whose hook a request is served, or that is stopped. NULL: the
   program has not started yet. */
lua_State *server_running(const struct server *server);

/* Sends an event; takes the body. */
void server_send_event(struct server *server, const char *name, cJSON *body);

/* Waits for a request and serves it. */
void server_serve_one(struct server *server);

/* Sends an event of a moment at which the figures are to be read, which becomes a snapshot
   (windows.h), and waits until the adapter has read them. Takes the body. L runs, or is stopped.
   (snapshots.c) */
void server_show_figures(struct server *server, lua_State *L, const char *event, cJSON *body);

/* Waits for the request of that command and serves it; those that came before it wait. */
void server_await(struct server *server, const char *command);

/* Prints text to the editor's console, with the place of the event, and waits until it is shown. In
   the hook of L. */
void server_print(struct server *server, lua_State *L, lua_Debug *event, const char *text);

/* The debugger's on_breakpoints and on_frame; data: the server. */
void server_on_breakpoints(void *data, struct breakpoint_file *file);
void server_on_frame(void *data, lua_State *L, lua_Debug *event);

#endif
