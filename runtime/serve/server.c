/* SPDX-License-Identifier: MIT */
#include "server.h"

#include "attention.h"
#include "contract_check.h"
#include "exception.h"
#include "hook.h"
#include "line_map.h"
#include "memory_requests.h"
#include "process.h"
#include "release.h"

#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool on_stop(void *data, lua_State *L, const struct debugger_stop *stop);
static void on_attention(void *data);
static void on_evaluating(void *data, lua_State *L);

/* A child that the program forks, even at a stop, runs on. */
static void forked(void *data) {
    struct server *server = data;
    channel_forked(&server->channel);
    attention_forked();
    debugger_forked(&server->debugger);
}

int server_init(struct server *server, int link, struct bell *bell, struct figures *figures) {
    *server = (struct server){.bell = bell};
    channel_init(&server->channel, link);
    process_on_fork(forked, server);
    const struct debugger_listener listener = {.data = server,
                                               .on_stop = on_stop,
                                               .on_attention = on_attention,
                                               .on_breakpoints = server_on_breakpoints,
                                               .on_frame = server_on_frame,
                                               .on_evaluating = on_evaluating};
    return debugger_init(&server->debugger, figures, &listener);
}

void server_finish(struct server *server) {
    process_on_fork(NULL, NULL);
    attention_end();
    for (int i = 0; i < SERVER_ERROR_FILTERS; i++)
        error_condition_finish(&server->error_conditions[i]);
    data_breakpoints_finish(&server->data);
    hits_finish(&server->hits);
    inbox_finish(&server->inbox);
    channel_finish(&server->channel);
    debugger_finish(&server->debugger);
}

lua_State *server_running(const struct server *server) {
    size_t place = server->debugger.account.threads.running;
    const struct thread *thread = threads_running(&server->debugger.account.threads, &place);
    return thread != NULL ? thread->L : NULL;
}

void server_send_event(struct server *server, const char *name, cJSON *body) {
    assert(contract_covers(contract_find_event(name)->body, body));
    cJSON *event = cJSON_CreateObject();
    cJSON_AddStringToObject(event, "type", "event");
    cJSON_AddStringToObject(event, "event", name);
    cJSON_AddItemToObject(event, "body", body);
    channel_send(&server->channel, event);
}

static void send_response(struct server *server, const cJSON *request, cJSON *body,
                          const struct inspect_problem *problem) {
    cJSON *response = cJSON_CreateObject();
    const cJSON *seq = cJSON_GetObjectItemCaseSensitive(request, "seq");
    bool failed = problem->text[0] != '\0';
    cJSON_AddStringToObject(response, "type", "response");
    cJSON_AddNumberToObject(response, "request_seq", cJSON_IsNumber(seq) ? seq->valuedouble : 0);
    cJSON_AddBoolToObject(response, "success", !failed);
    if (failed)
        cJSON_AddStringToObject(response, "message", problem->text);
    else
        cJSON_AddItemToObject(response, "body", body != NULL ? body : cJSON_CreateObject());
    channel_send(&server->channel, response);
}

static const struct server_request *find(const struct server_request *table, const char *command) {
    while (table->command != NULL && strcmp(table->command, command) != 0)
        table++;
    return table->command != NULL ? table : NULL;
}

static const struct server_request *find_own(const char *command) {
    static const struct server_request *const topics[] = {
        server_execution_requests, server_source_requests, server_breakpoint_requests,
        server_function_requests,  server_data_requests,   server_printing_requests,
        server_exception_requests, server_memory_requests, server_measuring_requests,
        server_snapshot_requests};
    const struct server_request *row = NULL;
    for (size_t i = 0; row == NULL && i < sizeof topics / sizeof *topics; i++)
        row = find(topics[i], command);
    return row;
}

static cJSON *answer(struct server *server, const char *command, const cJSON *arguments,
                     struct inspect_problem *problem) {
    const struct contract_request *contract = contract_find_request(command);
    char flaw[CONTRACT_PROBLEM_BYTES];
    if (contract == NULL)
        return inspect_refuse(problem, "the runtime does not know the request '%s'", command);
    if (contract->time == CONTRACT_STOPPED && server->stop == NULL)
        return inspect_refuse(problem, "notStopped");
    if (contract->time == CONTRACT_STARTED && server_running(server) == NULL)
        return inspect_refuse(problem, "the program has not started yet");
    if (!contract_check(contract->arguments, arguments, flaw))
        return inspect_refuse(problem, "%s", flaw);
    const struct server_request *own = find_own(command);
    cJSON *body = own != NULL ? own->answer(server, arguments, problem)
                              : inspect_find(command)->answer(server->stop, arguments, problem);
    assert(contract->answer == NULL || contract_covers(contract->answer, body));
    return body;
}

static void serve(struct server *server, const cJSON *request) {
    const cJSON *command = cJSON_GetObjectItemCaseSensitive(request, "command");
    const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(request, "arguments");
    struct inspect_problem problem = {{0}};
    if (!cJSON_IsString(command))
        return;
    cJSON *body = server->inbox.cancelled
                      ? inspect_refuse(&problem, "cancelled")
                      : answer(server, command->valuestring, arguments, &problem);
    send_response(server, request, body, &problem);
    inbox_done(&server->inbox);
}

/* The program has taken the link from us: it goes on as if nobody debugged it. */
static void let_go(struct server *server) {
    attention_lost();
    server->debugger.attached = false;
    server->debugger.pausing = false;
    server->going = true;
    server->unshown = false;
    if (server->stop == NULL)
        hook_refresh_running(&server->debugger);
}

/* As a group of its own it holds what the program has started, and nothing else. */
static void end_group(void) {
    if (getpgrp() == getpid())
        kill(0, SIGKILL);
    _exit(EXIT_FAILURE);
}

/* Whoever we serve is gone: so is the reason to run, and for all that the program has started. Its
   own exit handlers do not run, as if the session had been ended by force. */
static void follow_to_the_end(struct server *server) {
    if (!server->channel.closed || server->debugger.forked)
        return;
    if (server->channel.lost)
        let_go(server);
    else
        end_group();
}

/* What came together with it has been taken off the link: nothing else asks for attention to it
   when the program goes on. */
static void serve_awaited(struct server *server, cJSON *request) {
    follow_to_the_end(server);
    if (request != NULL)
        serve(server, request);
    cJSON_Delete(request);
    if (inbox_has_more(&server->inbox))
        server->debugger.attention |= ATTENTION_LINK;
}

void server_serve_one(struct server *server) {
    serve_awaited(server, inbox_take(&server->inbox, &server->channel, true));
}

void server_await(struct server *server, const char *command) {
    serve_awaited(server, inbox_await(&server->inbox, &server->channel, command));
}

static void serve_until_going(struct server *server) {
    server->going = false;
    while (!server->going && !server->channel.closed)
        server_serve_one(server);
}

static void on_evaluating(void *data, lua_State *L) {
    struct server *server = data;
    snippets_check_time(&server->snippets, L);
}

static void tell_sources(struct server *server) {
    cJSON *source;
    while ((source = sources_next_new(&server->sources, &server->debugger.account.chunks)) !=
           NULL) {
        cJSON *body = cJSON_CreateObject();
        cJSON_AddStringToObject(body, "reason", "new");
        cJSON_AddItemToObject(body, "source", source);
        server_send_event(server, "loadedSource", body);
    }
}

/* What comes meanwhile rings again. */
static void on_attention(void *data) {
    struct server *server = data;
    cJSON *request;
    tell_sources(server);
    int count = inbox_fill(&server->inbox, &server->channel);
    while (count-- > 0 && (request = inbox_take(&server->inbox, &server->channel, false)) != NULL) {
        serve(server, request);
        cJSON_Delete(request);
    }
    follow_to_the_end(server);
}

/* Looks at the link while a request is served: has it been cancelled? */
static bool is_interrupted(void *data) {
    struct server *server = data;
    inbox_fill(&server->inbox, &server->channel);
    follow_to_the_end(server);
    return server->inbox.cancelled;
}

/* A coroutine that died of an error is shown as what stopped. */
static struct thread *shown_thread(struct server *server) {
    const struct stop *stop = server->stop;
    lua_State *L = stop->error.thread != NULL ? stop->error.thread : stop->L;
    return threads_of(&server->debugger.account.threads, L);
}

static void tell_stop(struct server *server, const struct debugger_stop *stop) {
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
        hits_describe(&server->hits, body);
    else
        cJSON_AddStringToObject(body, "reason", reasons[stop->reason]);
    if (stop->reason == DEBUGGER_EXCEPTION)
        exception_describe(server->stop, body);
    else if (stop->reason == DEBUGGER_MEMORY_BREAKPOINT)
        memory_requests_describe_hit(server, body);
    server_show_figures(server, server->stop->L, "stopped", body);
}

/* What the program has printed must be seen before the stop is. */
static void stay(struct server *server, const struct debugger_stop *reason) {
    server->debugger.step = (struct step){0};
    server->debugger.pausing = false;
    fflush(NULL);
    attention_hold();
    sources_look_at_stack(&server->debugger.account.chunks, server->stop->L);
    tell_sources(server);
    tell_stop(server, reason);
    serve_until_going(server);
    account_go_on(&server->debugger.account);
    attention_release();
}

/* Is this reason enough? */
static bool holds(struct server *server, lua_State *L, const struct debugger_stop *reason) {
    if (reason->reason == DEBUGGER_BREAKPOINT)
        return hits_find(server, L, reason);
    if (reason->reason == DEBUGGER_EXCEPTION)
        return error_condition_holds(
            &server->error_conditions[reason->caught ? SERVER_CAUGHT : SERVER_UNCAUGHT], server, L,
            reason);
    return true;
}

static bool on_stop(void *data, lua_State *L, const struct debugger_stop *reason) {
    struct server *server = data;
    struct debugger *debugger = &server->debugger;
    struct stop stop;
    if (!holds(server, L, reason))
        return false;
    if (debugger->forked) /* by a condition */
        return false;
    stop_begin(&stop, &debugger->account, L, &server->history);
    stop.ansi = server->ansi;
    stop.interrupted = is_interrupted;
    stop.interrupted_data = server;
    if (reason->reason == DEBUGGER_EXCEPTION)
        stop_note_error(&stop, &(struct stop_error){reason->thread, reason->error, reason->caught});
    if (reason->reason == DEBUGGER_MEMORY_BREAKPOINT)
        stop.line = reason->line;
    server->stop = &stop;
    stay(server, reason);
    server->stop = NULL;
    stop_end(&stop);
    account_unsettle(&debugger->account);
    return true;
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

void server_configure(struct server *server, const char *script) {
    if (server->channel.closed)
        return;
    setvbuf(stdout, NULL, _IOLBF,
            BUFSIZ); /* a pipe to a console: lines are to be seen as they come */
    tell_ready(server, script);
    serve_until_going(server);
    if (attention_watch(&server->debugger, server->bell) != 0)
        fprintf(stderr, "luaheat: the program cannot be paused while it runs\n");
    server->debugger.attention |= ATTENTION_LINK; /* what came before we watched */
}

void server_begin_script(struct server *server) {
    if (!server->stop_on_entry)
        return;
    server->debugger.step = (struct step){.kind = STEP_IN, .entry = true};
    hook_refresh_running(&server->debugger);
}
