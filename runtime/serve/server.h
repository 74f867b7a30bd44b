/* SPDX-License-Identifier: MIT */
/*
 * server: the runtime's side of the link's conversation (link/link.h): takes requests, gives each
 * to the topic that answers it, and sends answers and events. It serves before the script starts,
 * while it runs (when the hook notices requests) and while it is stopped.
 *
 * It knows the topics by their tables alone (serve.h puts them there), and has what they share: the
 * debugger, and what lasts from request to request.
 */
#ifndef LUAHEAT_SERVE_SERVER_H
#define LUAHEAT_SERVE_SERVER_H

#include "channel.h"
#include "inbox.h"
#include "inspect.h"
#include "windows.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bell;
struct data_breakpoints;
struct debugger;
struct error_condition;
struct expressions;
struct handed;
struct holders;
struct server_request;
struct stop;
struct stop_history;

enum server_error_filter { SERVER_UNCAUGHT, SERVER_CAUGHT, SERVER_ERROR_FILTERS };

/* That a mark has begun (measuring.c). */
struct server_phase {
    char name[WINDOWS_NAME_BYTES];
    uint64_t number; /* of its window; 0: none */
};

/* Who lets debuggers come to a program of somebody else's (attaching.h): is called with his data.
 */
struct server_owner {
    void *data;
    void (*on_end)(void *data);
    bool (*is_open)(const void *data);
    void (*on_suspended)(void *data, lua_State *L);
};

/* What is told, without a link, to whoever has started the program (telling.c). */
struct server_telling {
    char *answer;       /* LINK_ANSWER_BYTES; NULL: to nobody */
    unsigned asked;     /* for which members, by number */
    uint64_t *reached;  /* in it: how far a walk has come */
    bool peak;          /* at the peak; else at the end */
    bool at_end;        /* what was told last is of the end, as far as anybody knows */
    uint64_t heap;      /* of which it has been told last */
    struct cJSON *told; /* NULL: nothing yet */
};

/* A walk over the heap, of which it is told how far it has come (walking.c). */
struct server_walking {
    double request; /* that it is for */
    int64_t told;   /* ns of the clock, when it was told last */
};

/* A line of whose objects it is told what holds them (why.c). */
struct server_why {
    char *path; /* as figures_source has it; NULL: none */
    uint32_t line;
};

struct server {
    struct channel channel;
    struct inbox inbox;
    const struct server_request *const *topics; /* ends with NULL */
    void *parts;                                /* what holds those that follow: serve.c */
    struct debugger *debugger;
    struct stop *stop;               /* while the program is stopped, else NULL */
    struct stop_history *history;    /* of stops */
    struct expressions *expressions; /* the code of breakpoints */
    struct data_breakpoints *data;
    struct error_condition *error_conditions; /* SERVER_ERROR_FILTERS of them */
    struct bell *bell;                        /* the adapter's; NULL: none */
    bool goes_on_alone;                       /* the end of the link is not that of the program */
    bool resumed;              /* the stop, or the wait for configurationDone, is over */
    bool configured;           /* configurationDone has come */
    bool detached;             /* whoever debugged does no more: attaching.h, as the next */
    bool suspended;            /* and the program is to wait for another */
    struct handed *handed;     /* but the link, which is the channel's; NULL: launched */
    struct server_owner owner; /* of one that was attached to; else all zero */
    bool stop_on_entry;        /* execution.c, as the next */
    bool ansi;                 /* the client shows colours in values */
    bool output_unshown;     /* printing.c: the adapter has yet to show what a breakpoint prints */
    bool collects;           /* measuring.c: a full collection before each window opens or closes */
    struct holders *holders; /* holders.c: of suspects; NULL: there have been none */
    uint64_t warmup;         /* so many windows are not judged */
    int announced_strings;   /* sources.c: code that was no file */
    struct server_phase phase;
    struct server_walking walking;
    struct server_telling telling;
    struct server_why why;
    size_t largest_limit; /* so many tables, and strings, are told of (largest_told.c) */
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

/* The topics, each in the file of its name. */
extern const struct server_request server_execution_requests[];
extern const struct server_request server_source_requests[]; /* sources.c */
extern const struct server_request server_breakpoint_requests[];
extern const struct server_request server_data_requests[];
extern const struct server_request server_printing_requests[];
extern const struct server_request server_exception_requests[];
extern const struct server_request server_memory_requests[];
extern const struct server_request server_measuring_requests[];
extern const struct server_request server_figures_requests[];

/* The thread that runs now, in whose hook a request is served, or that is stopped. NULL: the
   program has not started yet. */
lua_State *server_running(const struct server *server);

/* Sends an event, which the contract must have; takes the body. */
void server_send_event(struct server *server, const char *name, cJSON *body);

/* The program is about to end, with this exit code. */
void server_tell_exit(struct server *server, int64_t code);

/* Serves what has come, without waiting. What comes meanwhile asks for attention again. */
void server_serve_arrived(struct server *server);

/* Waits for a request and serves it. */
void server_serve_one(struct server *server);

/* Waits for the request of that command and serves it; those that came before it wait. */
void server_await(struct server *server, const char *command);

/* The link is over, whoever has ended it. A program of somebody else's goes on as if nobody had
   debugged it, as soon as nothing of the debugger is at work. */
void server_end_link(struct server *server);

/* Serves until a request says that the program is to run. */
void server_serve_until_resumed(struct server *server);

/* Looks at the link while a request is served: has it been cancelled? */
bool server_is_cancelled(struct server *server);

#endif
