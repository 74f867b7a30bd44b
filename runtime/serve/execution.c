/* SPDX-License-Identifier: MIT */
/* The requests that make the program run, and the one that makes it stop. */
#include "arguments.h"
#include "frames.h"
#include "server.h"

static cJSON *configuration_done(struct server *server, const cJSON *arguments,
                                 struct inspect_problem *problem) {
    server->debugger.attached = !arguments_flag(arguments, "noDebug");
    server->stop_on_entry = server->debugger.attached && arguments_flag(arguments, "stopOnEntry");
    server->ansi = arguments_flag(arguments, "ansi");
    server->resumed = true;
    return NULL;
}

/* All threads go on, whichever is named; but it must be one. */
static cJSON *go(struct server *server, const cJSON *arguments, struct inspect_problem *problem) {
    server->resumed = frames_thread_asked(&server->stop->frames, arguments, problem) != NULL;
    return NULL;
}

static cJSON *step(struct server *server, enum step_kind kind, const cJSON *arguments,
                   struct inspect_problem *problem) {
    if (frames_thread_asked(&server->stop->frames, arguments, problem) == NULL)
        return NULL;
    step_begin(&server->debugger.step, kind, server->stop->L, server->stop->line);
    server->resumed = true;
    return NULL;
}

static cJSON *next(struct server *server, const cJSON *arguments, struct inspect_problem *problem) {
    return step(server, STEP_OVER, arguments, problem);
}

static cJSON *step_in(struct server *server, const cJSON *arguments,
                      struct inspect_problem *problem) {
    return step(server, STEP_IN, arguments, problem);
}

static cJSON *step_out(struct server *server, const cJSON *arguments,
                       struct inspect_problem *problem) {
    return step(server, STEP_OUT, arguments, problem);
}

/* The stop follows at the next instruction; a program in a C function stops when that returns. */
static cJSON *pause_program(struct server *server, const cJSON *arguments,
                            struct inspect_problem *problem) {
    if (!server->debugger.attached)
        return inspect_refuse(problem, "the program runs without debugging and cannot be paused");
    server->debugger.pausing = server->stop == NULL;
    return NULL;
}

/* What it cancels was told when it came: inbox.h. */
static cJSON *cancel(struct server *server, const cJSON *arguments,
                     struct inspect_problem *problem) {
    return NULL;
}

const struct server_request server_execution_requests[] = {
    {"configurationDone", configuration_done},
    {"continue", go},
    {"next", next},
    {"stepIn", step_in},
    {"stepOut", step_out},
    {"pause", pause_program},
    {"cancel", cancel},
    {NULL},
};
