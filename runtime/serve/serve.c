/* SPDX-License-Identifier: MIT */
#include "serve.h"

#include "attention.h"
#include "breakpoint_hits.h"
#include "breakpoint_requests.h"
#include "exception.h"
#include "figures_requests.h"
#include "hook.h"
#include "line_map.h"
#include "memory_requests.h"
#include "process.h"
#include "release.h"
#include "sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct server_request *const serve_topics[] = {
    server_execution_requests,  server_source_requests,
    server_breakpoint_requests, server_data_requests,
    server_printing_requests,   server_exception_requests,
    server_memory_requests,     server_measuring_requests,
    server_figures_requests,    NULL,
};

/* ---- the debugger asks ---- */

static void on_attention(void *data) {
    sources_tell_new(data);
    server_serve_arrived(data);
}

static bool is_interrupted(void *data) {
    return server_is_cancelled(data);
}

/* A coroutine that died of an error is shown as what stopped. */
static struct thread *shown_thread(struct server *server) {
    const struct stop *stop = server->stop;
    lua_State *L = stop->error.thread != NULL ? stop->error.thread : stop->L;
    return threads_of(&server->debugger.account.threads, L);
}

static void tell_stop(struct server *server, const struct debugger_stop *stop,
                      const struct breakpoint_hits *hits) {
    static const char *const reasons[] = {[DEBUGGER_ENTRY] = "entry",
                                          [DEBUGGER_STEP] = "step",
                                          [DEBUGGER_PAUSE] = "pause",
                                          [DEBUGGER_EXCEPTION] = "exception",
                                          [DEBUGGER_MEMORY_BREAKPOINT] = "memory limit"};
    struct threads *threads = &server->debugger.account.threads;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "threadId", threads_id(threads, shown_thread(server)));
    cJSON_AddBoolToObject(body, "allThreadsStopped", true);
    if (stop->reason == DEBUGGER_BREAKPOINT)
        breakpoint_hits_describe(hits, body);
    else
        cJSON_AddStringToObject(body, "reason", reasons[stop->reason]);
    if (stop->reason == DEBUGGER_EXCEPTION)
        exception_describe(server->stop, body);
    else if (stop->reason == DEBUGGER_MEMORY_BREAKPOINT)
        memory_requests_describe_hit(server, body);
    figures_requests_show(server, server->stop->L, "stopped", body);
}

/* What the program has printed must be seen before the stop is. */
static void stay_stopped(struct server *server, const struct debugger_stop *reason,
                         const struct breakpoint_hits *hits) {
    server->debugger.step = (struct step){0};
    server->debugger.pausing = false;
    fflush(NULL);
    attention_hold();
    sources_look_at_stack(server);
    sources_tell_new(server);
    tell_stop(server, reason, hits);
    server_serve_until_resumed(server);
    account_go_on(&server->debugger.account);
    attention_release();
}

/* Is this reason enough? */
static bool is_enough(struct server *server, lua_State *L, const struct debugger_stop *reason,
                      struct breakpoint_hits *hits) {
    if (reason->reason == DEBUGGER_BREAKPOINT)
        return breakpoint_hits_find(hits, server, L, reason);
    if (reason->reason == DEBUGGER_EXCEPTION)
        return error_condition_holds(
            &server->error_conditions[reason->caught ? SERVER_CAUGHT : SERVER_UNCAUGHT],
            &server->debugger, &server->expressions, L, reason);
    return true;
}

static void stop_here(struct server *server, lua_State *L, const struct debugger_stop *reason,
                      const struct breakpoint_hits *hits) {
    struct account *account = &server->debugger.account;
    struct stop stop;
    stop_begin(&stop, account, L, &server->history);
    stop.ansi = server->ansi;
    stop.interrupted = is_interrupted;
    stop.interrupted_data = server;
    if (reason->reason == DEBUGGER_EXCEPTION)
        stop_note_error(&stop, &(struct stop_error){reason->thread, reason->error, reason->caught});
    if (reason->reason == DEBUGGER_MEMORY_BREAKPOINT)
        stop.line = reason->line;
    server->stop = &stop;
    stay_stopped(server, reason, hits);
    server->stop = NULL;
    stop_end(&stop);
    account_forget_collector_count(account);
}

/* A condition may have forked the program. */
static bool on_stop(void *data, lua_State *L, const struct debugger_stop *reason) {
    struct server *server = data;
    struct breakpoint_hits hits = {0};
    bool stops = is_enough(server, L, reason, &hits) && !server->debugger.forked;
    if (stops)
        stop_here(server, L, reason, &hits);
    breakpoint_hits_finish(&hits);
    return stops;
}

/* ---- from the beginning to the end ---- */

/* A child that the program forks, even at a stop, runs on. */
static void forked(void *data) {
    struct server *server = data;
    channel_forked(&server->channel);
    attention_forked();
    hook_forked(&server->debugger);
}

int serve_init(struct server *server, int link, struct bell *bell, struct figures *figures) {
    *server = (struct server){.topics = serve_topics, .bell = bell};
    channel_init(&server->channel, link);
    process_on_fork(forked, server);
    const struct debugger_listener listener = {.data = server,
                                               .on_stop = on_stop,
                                               .on_attention = on_attention,
                                               .on_breakpoints = breakpoint_requests_tell_changed,
                                               .on_frame = data_breakpoints_on_frame};
    return debugger_init(&server->debugger, figures, &listener);
}

void serve_finish(struct server *server) {
    process_on_fork(NULL, NULL);
    attention_end();
    for (int i = 0; i < SERVER_ERROR_FILTERS; i++)
        error_condition_finish(&server->error_conditions[i]);
    data_breakpoints_finish(&server->data);
    expressions_finish(&server->expressions);
    inbox_finish(&server->inbox);
    channel_finish(&server->channel);
    debugger_finish(&server->debugger);
}

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

void serve_configure(struct server *server, const char *script) {
    if (server->channel.closed)
        return;
    setvbuf(stdout, NULL, _IOLBF,
            BUFSIZ); /* a pipe to a console: lines are to be seen as they come */
    tell_ready(server, script);
    server_serve_until_resumed(server);
    if (attention_watch(&server->debugger, server->bell) != 0)
        fprintf(stderr, "luaheat: the program cannot be paused while it runs\n");
    server->debugger.attention |= ATTENTION_LINK; /* what came before we watched */
}

void serve_begin_script(struct server *server) {
    if (!server->stop_on_entry)
        return;
    server->debugger.step = (struct step){.kind = STEP_IN, .entry = true};
    hook_refresh_running(&server->debugger);
}
