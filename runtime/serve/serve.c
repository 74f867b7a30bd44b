/* SPDX-License-Identifier: MIT */
#include "serve.h"

#include "attention.h"
#include "breakpoint_requests.h"
#include "data_requests.h"
#include "debugger.h"
#include "error_condition.h"
#include "expressions.h"
#include "hook.h"
#include "process.h"
#include "sources.h"
#include "stop.h"
#include "stopping.h"

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

/* What a server points to. */
struct parts {
    struct debugger debugger;
    struct expressions expressions;
    struct data_breakpoints data;
    struct error_condition error_conditions[SERVER_ERROR_FILTERS];
    struct stop_history history;
};

static struct server *assemble(void) {
    struct server *server = calloc(1, sizeof *server);
    struct parts *parts = calloc(1, sizeof *parts);
    if (server == NULL || parts == NULL) {
        free(server);
        free(parts);
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
    process_on_fork(forked, server);
    const struct debugger_listener listener = {.data = server,
                                               .on_stop = stopping_stop,
                                               .on_attention = on_attention,
                                               .on_os_exit = on_os_exit,
                                               .on_breakpoints = breakpoint_requests_tell_changed,
                                               .on_frame = data_requests_on_frame};
    if (debugger_init(server->debugger, figures, &listener) == 0)
        return server;
    serve_destroy(server);
    return NULL;
}

void serve_destroy(struct server *server) {
    process_on_fork(NULL, NULL);
    attention_end(server->debugger);
    for (int i = 0; i < SERVER_ERROR_FILTERS; i++)
        error_condition_finish(&server->error_conditions[i]);
    data_breakpoints_finish(server->data);
    expressions_finish(server->expressions);
    inbox_finish(&server->inbox);
    channel_finish(&server->channel);
    debugger_finish(server->debugger);
    free(server->parts);
    free(server);
}

struct server *serve_of(lua_State *L) {
    return debugger_of(L)->listener.data;
}
