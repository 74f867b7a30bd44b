/* SPDX-License-Identifier: MIT */
/*
 * inspection: looking at a stopped program. The runtime knows the answers; the scope "Memory" alone
 * is ours.
 */
#include "alloc.h"
#include "execution.h"
#include "forward.h"
#include "link.h"
#include "memory_scope.h"
#include "requests.h"
#include "session.h"

static cJSON *thread_list(bool has_main) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *list = cJSON_AddArrayToObject(body, "threads");
    if (has_main) {
        cJSON *thread = alloc_checked(cJSON_CreateObject());
        cJSON_AddNumberToObject(thread, "id", 1);
        cJSON_AddStringToObject(thread, "name", "main");
        cJSON_AddItemToArray(list, thread);
    }
    return body;
}

static void note_threads(struct session *session, cJSON *body) {
    const cJSON *thread;
    cJSON_ArrayForEach(thread, cJSON_GetObjectItemCaseSensitive(body, "threads"))
        execution_note_thread(session, cJSON_GetObjectItemCaseSensitive(thread, "id"));
}

/* Editors want a thread to put the pause button on, and ask for it while the program runs. */
static void threads(struct session *session, struct request *request) {
    if (session->state == STATE_STOPPED)
        forward_with(session, request, NULL, note_threads, thread_list(false));
    else
        client_respond(&session->client, &request->ticket,
                       thread_list(session->state == STATE_RUNNING));
}

static void scopes(struct session *session, struct request *request) {
    forward_amended(session, request, memory_scope_append);
}

static void variables(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    int64_t reference = arguments_required_id(arguments, "variablesReference");
    int64_t start = arguments_integer(arguments, "start", 0, 0, ARGUMENTS_MAX_ID);
    int64_t count = arguments_integer(arguments, "count", 0, 0, ARGUMENTS_MAX_ID);
    if (arguments->problem != NULL)
        return;
    if (reference < LINK_REFERENCES)
        forward(session, request);
    else
        memory_scope_variables(session, &request->ticket, reference, start, count);
}

const struct request_entry inspection_requests[] = {
    {"threads", STATE_INITIALIZED, threads, {NULL}},
    {"stackTrace", STATE_STOPPED, forward, {"supportsDelayedStackTraceLoading"}},
    {"scopes", STATE_STOPPED, scopes, {NULL}},
    {"variables", STATE_STOPPED, variables, {"supportsValueFormattingOptions"}},
    {"evaluate", STATE_STOPPED, forward, {"supportsEvaluateForHovers", "supportsClipboardContext"}},
    {"source", STATE_STOPPED, forward, {NULL}},
    {NULL},
};
