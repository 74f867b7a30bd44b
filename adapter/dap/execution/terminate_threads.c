/* SPDX-License-Identifier: MIT */
/*
 * terminate_threads: ends suspended coroutines. The runtime does it.
 */
#include "alloc.h"
#include "forward.h"
#include "requests.h"
#include "session.h"

#include <stdlib.h>

static void send_exited(struct session *session, const cJSON *id) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "reason", "exited");
    cJSON_AddNumberToObject(body, "threadId", id->valuedouble);
    client_event(&session->client, "thread", body);
}

/* The runtime's body is for us: DAP's response has none. */
static void tell_ended(struct session *session, cJSON *body) {
    const cJSON *id;
    cJSON_ArrayForEach(id, cJSON_GetObjectItemCaseSensitive(body, "threadIds"))
        send_exited(session, id);
    const cJSON *problem = cJSON_GetObjectItemCaseSensitive(body, "problem");
    if (cJSON_IsString(problem)) {
        char *text = alloc_printed("While a coroutine was ended: %s\n", problem->valuestring);
        session_show_output(session, "console", text);
        free(text);
    }
    cJSON_DeleteItemFromObjectCaseSensitive(body, "threadIds");
    cJSON_DeleteItemFromObjectCaseSensitive(body, "problem");
}

static void terminate_threads(struct session *session, struct request *request) {
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
        forward_amended(session, request, tell_ended);
}

const struct request_entry terminate_threads_requests[] = {
    {"terminateThreads", STATE_STOPPED, terminate_threads, {"supportsTerminateThreadsRequest"}},
    {NULL},
};
