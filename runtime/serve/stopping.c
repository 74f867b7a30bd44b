/* SPDX-License-Identifier: MIT */
#include "stopping.h"

#include "attention.h"
#include "breakpoint_hits.h"
#include "debugger.h"
#include "error_condition.h"
#include "exception.h"
#include "figures_requests.h"
#include "memory_requests.h"
#include "printing.h"
#include "server.h"
#include "sources.h"
#include "stop.h"
#include "telling.h"
#include "walking.h"

static bool is_interrupted(void *data) {
    struct server *server = data;
    bool cancelled = server_is_cancelled(server);
    if (!cancelled && server->stop != NULL && server->stop->walked > 0)
        walking_tell(server, server->stop->walked);
    return cancelled;
}

/* A coroutine that died of an error is shown as what stopped. */
static struct thread *shown_thread(struct server *server) {
    const struct stop *stop = server->stop;
    lua_State *L = stop->error.thread != NULL ? stop->error.thread : stop->L;
    return threads_of(&server->debugger->account.threads, L);
}

static void tell_stop(struct server *server, const struct debugger_stop *stop,
                      const struct breakpoint_hits *hits) {
    static const char *const reasons[] = {[DEBUGGER_ENTRY] = "entry",
                                          [DEBUGGER_STEP] = "step",
                                          [DEBUGGER_PAUSE] = "pause",
                                          [DEBUGGER_EXCEPTION] = "exception",
                                          [DEBUGGER_MEMORY_BREAKPOINT] = "memory limit"};
    struct threads *threads = &server->debugger->account.threads;
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
    server->debugger->step = (struct step){0};
    server->debugger->pausing = false;
    printing_flush(server);
    attention_hold(server->debugger);
    sources_look_at_stack(server);
    sources_tell_new(server);
    tell_stop(server, reason, hits);
    server_serve_until_resumed(server);
    account_go_on(&server->debugger->account);
    attention_release(server->debugger);
}

/* Is this reason enough? */
static bool is_enough(struct server *server, lua_State *L, const struct debugger_stop *reason,
                      struct breakpoint_hits *hits) {
    if (reason->reason == DEBUGGER_BREAKPOINT)
        return breakpoint_hits_find(hits, server, L, reason);
    if (reason->reason == DEBUGGER_EXCEPTION)
        return error_condition_holds(
            &server->error_conditions[reason->caught ? SERVER_CAUGHT : SERVER_UNCAUGHT],
            server->debugger, server->expressions, L, reason);
    return true;
}

static void stop_here(struct server *server, lua_State *L, const struct debugger_stop *reason,
                      const struct breakpoint_hits *hits) {
    struct account *account = &server->debugger->account;
    struct stop stop;
    stop_begin(&stop, account, L, server->history);
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
bool stopping_stop(void *data, lua_State *L, const struct debugger_stop *reason) {
    struct server *server = data;
    struct breakpoint_hits hits = {0};
    if (reason->reason == DEBUGGER_MEMORY_BREAKPOINT && telling_at_peak(server, L))
        return false;
    bool stops = is_enough(server, L, reason, &hits) && !server->debugger->forked;
    if (stops)
        stop_here(server, L, reason, &hits);
    breakpoint_hits_finish(&hits);
    return stops;
}

/* It stops for nobody, but may have something to tell. */
void stopping_look_at_end(void *data, lua_State *L) {
    telling_at_end(data, L);
}

void stopping_look_at_return(void *data, bool outermost) {
    telling_at_return(data, outermost);
}
