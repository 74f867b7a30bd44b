/* SPDX-License-Identifier: MIT */
#include "execution.h"

#include "arguments.h"
#include "attention.h"
#include "debugger.h"
#include "frames.h"
#include "hook.h"
#include "line_map.h"
#include "release.h"
#include "server.h"
#include "stop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- before the script starts ---- */

/* The line of the script that Lua's message begins with, behind the script's name as luaO_chunkid
   has it: cut to what LUA_IDSIZE leaves. 0: none. */
static int line_of_problem(const char *problem, const char *script) {
    size_t size = strlen(script) < LUA_IDSIZE ? strlen(script) : LUA_IDSIZE - 1;
    int line = 0;
    if (strlen(problem) > size)
        sscanf(problem + size, ":%d:", &line);
    return line > 0 ? line : 0;
}

static void add_problem(cJSON *body, const char *problem, const char *script) {
    int line = line_of_problem(problem, script);
    channel_add_text(body, "problem", problem);
    if (line > 0)
        cJSON_AddNumberToObject(body, "line", line);
}

static void tell_ready(struct server *server, const char *script) {
    char *problem = NULL;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "pid", getpid());
    cJSON_AddStringToObject(body, "lua", release_loaded()->name);
    struct line_map map = {0};
    if (script != NULL && line_map_load(&map, script, &problem) != 0 && problem != NULL)
        add_problem(body, problem, script);
    line_map_finish(&map);
    free(problem);
    server_send_event(server, "ready", body);
}

void execution_await_configuration(struct server *server, const char *script) {
    if (server->channel.closed)
        return;
    setvbuf(stdout, NULL, _IOLBF,
            BUFSIZ); /* a pipe to a console: lines are to be seen as they come */
    tell_ready(server, script);
    server_serve_until_resumed(server);
    if (attention_watch(server->debugger, server->bell, -1) != 0)
        fprintf(stderr, "luaheat: the program cannot be paused while it runs\n");
    server->debugger->attention |= ATTENTION_LINK; /* what came before we watched */
}

void execution_begin_script(struct server *server) {
    if (!server->stop_on_entry)
        return;
    server->debugger->step = (struct step){.kind = STEP_IN, .entry = true};
    hook_refresh_running(server->debugger);
}

/* ---- requests ---- */

static cJSON *configuration_done(struct server *server, const cJSON *arguments,
                                 struct inspect_problem *problem) {
    server->debugger->attached = !arguments_flag(arguments, "noDebug");
    server->stop_on_entry = server->debugger->attached && arguments_flag(arguments, "stopOnEntry");
    server->ansi = arguments_flag(arguments, "ansi");
    server->resumed = server->configured = true;
    if (server_running(server) != NULL) { /* else the script is yet to begin */
        execution_begin_script(server);
        hook_refresh_running(server->debugger);
    }
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
    step_begin(&server->debugger->step, kind, server->stop->L, server->stop->line);
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
    if (!server->debugger->attached)
        return inspect_refuse(problem, "the program runs without debugging and cannot be paused");
    server->debugger->pausing = server->stop == NULL;
    return NULL;
}

/* Of one that was attached to: the answer goes out first. What it has measured stays as it is. */
static cJSON *detach(struct server *server, const cJSON *arguments,
                     struct inspect_problem *problem) {
    lua_State *running = server_running(server);
    const struct server_owner *owner = &server->owner;
    bool suspend = arguments_flag(arguments, "suspend");
    if (!server->debugger->hosted && !server->goes_on_alone)
        return inspect_refuse(problem, "this program was started to be debugged");
    if (suspend && (owner->is_open == NULL || !owner->is_open(owner->data)))
        return inspect_refuse(problem, "The program cannot be left suspended: it has no door by "
                                       "which a debugger could come and let it go on");
    if (running != NULL)
        account_freeze(&server->debugger->account, running);
    server->detached = true;
    server->suspended = suspend;
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
    {"detach", detach},
    {NULL},
};
