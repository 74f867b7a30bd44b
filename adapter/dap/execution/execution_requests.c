/* SPDX-License-Identifier: MIT */
/*
 * execution: going on, stepping and pausing; ending suspended coroutines; taking back a request
 * that the runtime has not answered yet.
 */
#include "execution.h"

#include "alloc.h"
#include "attaching.h"
#include "message.h"
#include "request_tables.h"

#include <stdlib.h>

static void resume(struct request *request) {
    arguments_required_id(&request->arguments, "threadId");
    if (request->arguments.problem == NULL)
        execution_resume(request);
}

/* One that the client knows may have ended since: what is meant is the program. */
static void refuse_unknown_thread(struct request *request, int64_t id) {
    bool known = id > 0 && (id == 1 || id <= request->program->last_thread);
    if (!known && request->arguments.problem == NULL)
        arguments_reject(&request->arguments, "there is no thread %lld", (long long)id);
}

static void pause_program(struct request *request) {
    refuse_unknown_thread(request, arguments_required_id(&request->arguments, "threadId"));
    if (request->arguments.problem == NULL)
        execution_pause(request);
}

/* ---- terminateThreads: the runtime does it ---- */

static void send_exited(struct client *client, const cJSON *id) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "reason", "exited");
    cJSON_AddNumberToObject(body, "threadId", id->valuedouble);
    client_event(client, "thread", body);
}

/* The runtime's body is for us: DAP's response has none. */
static void tell_ended(void *data, cJSON *body) {
    const struct program *program = data;
    const cJSON *id;
    cJSON_ArrayForEach(id, cJSON_GetObjectItemCaseSensitive(body, "threadIds"))
        send_exited(program->owner->client, id);
    const cJSON *problem = cJSON_GetObjectItemCaseSensitive(body, "problem");
    if (cJSON_IsString(problem)) {
        char *text = alloc_printed("While a coroutine was ended: %s\n", problem->valuestring);
        program_say(program, "console", text);
        free(text);
    }
    cJSON_DeleteItemFromObjectCaseSensitive(body, "threadIds");
    cJSON_DeleteItemFromObjectCaseSensitive(body, "problem");
}

static void terminate_threads(struct request *request) {
    struct arguments *arguments = &request->arguments;
    const cJSON *ids = arguments_array(arguments, "threadIds"), *id;
    int64_t number;
    if (ids == NULL)
        arguments_reject(arguments, "'threadIds' is missing; it must be an array");
    cJSON_ArrayForEach(id, ids) {
        if (!message_integer(id, &number) || number < 1 || number > ARGUMENTS_MAX_ID)
            arguments_reject(arguments, "'threadIds' must hold ids of threads");
    }
    if (arguments->problem == NULL)
        program_forward_amended(request, tell_ended);
}

/* ---- cancel ---- */

static void cancel(struct request *request) {
    struct arguments *arguments = &request->arguments;
    int64_t seq = arguments_integer(arguments, "requestId", -1, 0, MESSAGE_MAX_INTEGER);
    const char *progress = arguments_string(arguments, "progressId", NULL);
    if (arguments->problem != NULL)
        return;
    if (request->program != NULL) {
        forwarding_cancel(&request->program->forwarding, seq, progress);
        attaching_cancel(request->program, seq, progress);
    }
    client_respond(request->client, &request->ticket, NULL);
}

const struct request_entry execution_requests[] = {
    {"continue", STATE_STOPPED, resume, {NULL}},
    {"next", STATE_STOPPED, resume, {NULL}},
    {"stepIn", STATE_STOPPED, resume, {NULL}},
    {"stepOut", STATE_STOPPED, resume, {NULL}},
    {"pause", STATE_RUNNING, pause_program, {NULL}},
    {"terminateThreads", STATE_STOPPED, terminate_threads, {"supportsTerminateThreadsRequest"}},
    {"cancel", STATE_INITIALIZED, cancel, {"supportsCancelRequest"}},
    {NULL},
};
