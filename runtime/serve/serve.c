/* SPDX-License-Identifier: MIT */
#include "serve.h"

#include "attention.h"
#include "breakpoint_requests.h"
#include "data_requests.h"
#include "debugger.h"
#include "error_condition.h"
#include "expressions.h"
#include "holders.h"
#include "hook.h"
#include "process.h"
#include "sources.h"
#include "stop.h"
#include "stopping.h"

#include <pthread.h>
#include <stdlib.h>

const struct server_request *const serve_topics[] = {
    server_execution_requests,  server_source_requests,
    server_breakpoint_requests, server_data_requests,
    server_printing_requests,   server_exception_requests,
    server_memory_requests,     server_measuring_requests,
    server_figures_requests,    NULL,
};

/* ---- the debugger asks ---- */

static void on_os_exit(void *data, int64_t code) {
    server_tell_exit(data, code);
}

static void on_attention(void *data) {
    sources_tell_new(data);
    server_serve_arrived(data);
}

/* ---- from the beginning to the end ---- */

/* A child that the program forks, even at a stop, runs on. */
static void forked(void *data) {
    struct server *server = data;
    channel_forked(&server->channel);
    attention_forked(server->debugger);
    hook_forked(server->debugger);
}

/* What a server points to. It never goes: functions that evaluated code has made, which the program
   may have kept, look at their scope (environment.h) for ever. The next server takes it again. */
struct parts {
    struct parts *next;
    struct debugger debugger;
    struct expressions expressions;
    struct data_breakpoints data;
    struct error_condition error_conditions[SERVER_ERROR_FILTERS];
    struct stop_history history;
};

static struct parts *unused;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of them */

static struct parts *take_parts(void) {
    pthread_mutex_lock(&lock);
    struct parts *parts = unused;
    if (parts != NULL)
        unused = parts->next;
    pthread_mutex_unlock(&lock);
    if (parts == NULL)
        return calloc(1, sizeof *parts);
    uint64_t stops = parts->history.scope.number, events = parts->expressions.scope.number;
    *parts = (struct parts){0};
    parts->history.scope.number = stops + 1;
    parts->expressions.scope.number = events + 1;
    return parts;
}

static void leave_parts(struct parts *parts) {
    pthread_mutex_lock(&lock);
    parts->next = unused;
    unused = parts;
    pthread_mutex_unlock(&lock);
}

static struct server *assemble(void) {
    struct server *server = calloc(1, sizeof *server);
    struct parts *parts = server != NULL ? take_parts() : NULL;
    if (parts == NULL) {
        free(server);
        return NULL;
    }
    *server = (struct server){.topics = serve_topics,
                              .parts = parts,
                              .debugger = &parts->debugger,
                              .history = &parts->history,
                              .expressions = &parts->expressions,
                              .data = &parts->data,
                              .error_conditions = parts->error_conditions};
    return server;
}

struct server *serve_create(int link, struct bell *bell, struct figures *figures,
                            lua_CFunction root) {
    struct server *server = assemble();
    if (server == NULL)
        return NULL;
    server->bell = bell;
    server->history->frames.root = root;
    channel_init(&server->channel, link);
    const struct debugger_listener listener = {.data = server,
                                               .on_stop = stopping_stop,
                                               .on_attention = on_attention,
                                               .on_end = stopping_look_at_end,
                                               .on_return = stopping_look_at_return,
                                               .on_os_exit = on_os_exit,
                                               .on_breakpoints = breakpoint_requests_tell_changed,
                                               .on_frame = data_requests_on_frame};
    int error = debugger_init(server->debugger, figures, &listener);
    server->debugger->expressions = server->expressions;
    if (error == 0)
        error = process_on_fork(forked, server);
    if (error == 0)
        return server;
    serve_destroy(server);
    return NULL;
}

void serve_destroy(struct server *server) {
    if (server == NULL)
        return;
    process_forget_fork(server);
    attention_end(server->debugger);
    for (int i = 0; i < SERVER_ERROR_FILTERS; i++)
        error_condition_finish(&server->error_conditions[i]);
    data_breakpoints_finish(server->data);
    expressions_finish(server->expressions);
    cJSON_Delete(server->telling.told);
    holders_destroy(server->holders);
    free(server->why.path);
    inbox_finish(&server->inbox);
    channel_finish(&server->channel);
    debugger_finish(server->debugger);
    leave_parts(server->parts);
    free(server);
}

struct server *serve_of(lua_State *L) {
    const struct debugger *debugger = debugger_of(L);
    return debugger != NULL ? debugger->listener.data : NULL;
}
