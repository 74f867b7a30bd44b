/* SPDX-License-Identifier: MIT */
#include "server.h"

#include "attention.h"
#include "contract_check.h"
#include "debugger.h"
#include "events.h"
#include "hook.h"
#include "stop.h"

#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

lua_State *server_running(const struct server *server) {
    const struct thread *thread = threads_running(&server->debugger->account.threads);
    return thread != NULL ? thread->L : NULL;
}

/* ---- what goes out ---- */

/* That somebody is gone who does not take it is noticed when the program runs on. */
static void say(struct server *server, cJSON *message) {
    channel_send(&server->channel, message);
    if (server->channel.closed && server->debugger->hosted)
        server->debugger->attention |= ATTENTION_LINK;
}

void server_send_event(struct server *server, const char *name, cJSON *body) {
    assert(contract_covers(contract_find_event(name)->body, body));
    cJSON *event = cJSON_CreateObject();
    cJSON_AddStringToObject(event, "type", "event");
    cJSON_AddStringToObject(event, "event", name);
    cJSON_AddItemToObject(event, "body", body);
    say(server, event);
}

void server_tell_exit(struct server *server, int64_t code) {
    if (server->channel.closed)
        return;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "exitCode", (double)(code & 0xff));
    server_send_event(server, "exits", body);
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
    say(server, response);
}

/* ---- the end of the link ---- */

/* It goes on as if nobody debugged it. */
static void go_on_without_link(struct server *server) {
    attention_lost(server->debugger);
    server->debugger->attached = false;
    server->debugger->pausing = false;
    server->resumed = true;
    server->output_unshown = false;
    if (server->debugger->hosted)
        events_leave(server->debugger);
    if (server->stop == NULL)
        hook_refresh_running(server->debugger);
}

void server_end_link(struct server *server) {
    server->channel.closed = true;
    go_on_without_link(server);
}

/* ---- a request ---- */

/* NULL: what answers it looks at a stop, and is inspect's. */
static const struct server_request *find(const struct server *server, const char *command) {
    for (const struct server_request *const *topic = server->topics; *topic != NULL; topic++)
        for (const struct server_request *row = *topic; row->command != NULL; row++)
            if (strcmp(row->command, command) == 0)
                return row;
    return NULL;
}

static bool is_time(const struct server *server, enum contract_time time,
                    struct inspect_problem *problem) {
    if (time == CONTRACT_STOPPED && server->stop == NULL)
        inspect_refuse(problem, "notStopped");
    if (time == CONTRACT_STARTED && server_running(server) == NULL)
        inspect_refuse(problem, "the program has not started yet");
    return problem->text[0] == '\0';
}

/* What has changed at a stop belongs to it: what is born from here on comes after it. */
static void note_change(struct server *server, const struct contract_request *contract,
                        const cJSON *arguments) {
    if (server->stop != NULL && contract_changes_values(contract, arguments))
        account_snapshot(&server->debugger->account, server_running(server));
}

static cJSON *answer(struct server *server, const char *command, const cJSON *arguments,
                     struct inspect_problem *problem) {
    const struct contract_request *contract = contract_find_request(command);
    char flaw[CONTRACT_PROBLEM_BYTES];
    if (contract == NULL)
        return inspect_refuse(problem, "the runtime does not know the request '%s'", command);
    if (!is_time(server, contract->time, problem))
        return NULL;
    if (!contract_check(contract->arguments, arguments, flaw))
        return inspect_refuse(problem, "%s", flaw);
    if (server->stop != NULL && strcmp(command, "variables") != 0)
        stop_forget_piece(server->stop); /* whatever it does */
    const struct server_request *own = find(server, command);
    cJSON *body = own != NULL ? own->answer(server, arguments, problem)
                              : inspect_find(command)->answer(server->stop, arguments, problem);
    note_change(server, contract, arguments);
    assert(contract->answer == NULL || contract_covers(contract->answer, body));
    return body;
}

/* Takes it. */
static void serve(struct server *server, cJSON *request) {
    const cJSON *command = cJSON_GetObjectItemCaseSensitive(request, "command");
    const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(request, "arguments");
    struct inspect_problem problem = {{0}};
    if (cJSON_IsString(command)) {
        cJSON *body = server->inbox.cancelled
                          ? inspect_refuse(&problem, "cancelled")
                          : answer(server, command->valuestring, arguments, &problem);
        send_response(server, request, body, &problem);
        inbox_done(&server->inbox);
    }
    cJSON_Delete(request);
    if (server->detached)
        server_end_link(server);
}

/* ---- whoever we serve is gone ---- */

/* As a group of its own it holds what the program has started, and nothing else. */
static void end_group(void) {
    if (getpgrp() == getpid())
        kill(0, SIGKILL);
    _exit(EXIT_FAILURE);
}

/* Whoever we serve is gone: so is the reason to run, and for all that the program has started. Its
   own exit handlers do not run, as if the session had been ended by force. */
static void follow_to_the_end(struct server *server) {
    if (!server->channel.closed || server->channel.fd < 0 || server->debugger->forked)
        return;
    if (server->channel.lost || server->debugger->hosted || server->goes_on_alone)
        go_on_without_link(server);
    else
        end_group();
}

/* ---- when requests are served ---- */

/* What came meanwhile has been taken off the link: nothing else asks for attention to it when the
   program goes on. */
static void remember_more(struct server *server) {
    if (inbox_has_more(&server->inbox))
        server->debugger->attention |= ATTENTION_LINK;
}

void server_serve_arrived(struct server *server) {
    cJSON *request;
    int count = inbox_fill(&server->inbox, &server->channel);
    while (count-- > 0 && (request = inbox_take(&server->inbox, &server->channel, false)) != NULL)
        serve(server, request);
    remember_more(server);
    follow_to_the_end(server);
}

static void serve_awaited(struct server *server, cJSON *request) {
    follow_to_the_end(server);
    if (request != NULL)
        serve(server, request);
    remember_more(server);
}

void server_serve_one(struct server *server) {
    serve_awaited(server, inbox_take(&server->inbox, &server->channel, true));
}

void server_await(struct server *server, const char *command) {
    serve_awaited(server, inbox_await(&server->inbox, &server->channel, command));
}

void server_serve_until_resumed(struct server *server) {
    server->resumed = false;
    while (!server->resumed && !server->channel.closed)
        server_serve_one(server);
    follow_to_the_end(server);
}

bool server_is_cancelled(struct server *server) {
    inbox_fill(&server->inbox, &server->channel);
    follow_to_the_end(server);
    return server->inbox.cancelled || server->channel.closed;
}
