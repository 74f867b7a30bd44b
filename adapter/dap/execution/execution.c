/* SPDX-License-Identifier: MIT */
#include "execution.h"

#include "alloc.h"
#include "forward.h"
#include "message.h"
#include "requests.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

struct resumption {
    struct session *session;
    struct client_ticket ticket;
};

/* Only `continue` has one in DAP, and there it must be. */
static cJSON *resumed_body(const struct client_ticket *ticket) {
    if (strcmp(ticket->command, "continue") != 0)
        return NULL;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddTrueToObject(body, "allThreadsContinued");
    return body;
}

static void on_resumed(void *data, struct runtime_reply *reply) {
    struct resumption *resumption = data;
    struct session *session = resumption->session;
    if (reply->success) {
        memory_resumed(&session->memory);
        client_respond(&session->client, &resumption->ticket, resumed_body(&resumption->ticket));
    } else {
        if (!reply->ended)
            session->state = STATE_STOPPED;
        forward_refusal(session, &resumption->ticket, reply);
    }
    free(resumption);
}

/* From here on the program counts as running, so that a second resume on its way is refused. */
static void resume(struct session *session, struct request *request) {
    arguments_required_id(&request->arguments, "threadId");
    if (request->arguments.problem != NULL)
        return;
    memory_resuming(&session->memory);
    session->state = STATE_RUNNING;
    struct resumption *resumption = alloc_zeroed(1, sizeof *resumption);
    *resumption = (struct resumption){session, request->ticket};
    runtime_link_send(&session->link, request->ticket.command,
                      cJSON_Duplicate(request->arguments.object, true), on_resumed, resumption);
}

void execution_note_thread(struct session *session, const cJSON *id) {
    int64_t number;
    if (message_integer(id, &number) && number > session->last_thread)
        session->last_thread = number;
}

/* One that the client knows may have ended since: what is meant is the program. */
static void refuse_unknown_thread(struct session *session, struct request *request, int64_t id) {
    bool known = id > 0 && (id == 1 || id <= session->last_thread);
    if (!known && request->arguments.problem == NULL)
        arguments_reject(&request->arguments, "there is no thread %lld", (long long)id);
}

void execution_say_continued(struct session *session) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddNumberToObject(body, "threadId", 1);
    cJSON_AddTrueToObject(body, "allThreadsContinued");
    client_event(&session->client, "continued", body);
}

/* The stop may take its time (the program may sit in a C function), its answer does not. */
static void pause_program(struct session *session, struct request *request) {
    refuse_unknown_thread(session, request, arguments_required_id(&request->arguments, "threadId"));
    if (request->arguments.problem != NULL)
        return;
    if (session->launch.settings.no_debug) {
        client_refuse(&session->client, &request->ticket, ERROR_NOT_DEBUGGED, NULL,
                      "A program launched with 'noDebug' cannot be paused");
        return;
    }
    if (!session->link.open) {
        client_refuse(&session->client, &request->ticket, ERROR_RUNTIME, NULL,
                      "The program has closed the debugger's descriptor and cannot be paused");
        return;
    }
    client_respond(&session->client, &request->ticket, NULL);
    runtime_link_send(&session->link, "pause", cJSON_Duplicate(request->arguments.object, true),
                      NULL, NULL);
}

/* What was printed before the stop is shown before it. */
void execution_stopped(struct session *session, const cJSON *body) {
    if (session->state != STATE_RUNNING) {
        log_remark(session->log, LOG_LINK, "a stop of a program that does not run");
        return;
    }
    session_take_output(session, false);
    session->state = STATE_STOPPED;
    changes_forget(session);
    cJSON *stop = alloc_checked(body != NULL ? cJSON_Duplicate(body, true) : cJSON_CreateObject());
    cJSON_DeleteItemFromObjectCaseSensitive(stop, "allThreadsStopped");
    cJSON_AddTrueToObject(stop, "allThreadsStopped");
    execution_note_thread(session, cJSON_GetObjectItemCaseSensitive(stop, "threadId"));
    client_event(&session->client, "stopped", stop);
    memory_stopped(&session->memory);
}

const struct request_entry execution_requests[] = {
    {"continue", STATE_STOPPED, resume, {NULL}},     {"next", STATE_STOPPED, resume, {NULL}},
    {"stepIn", STATE_STOPPED, resume, {NULL}},       {"stepOut", STATE_STOPPED, resume, {NULL}},
    {"pause", STATE_RUNNING, pause_program, {NULL}}, {NULL},
};
