/* SPDX-License-Identifier: MIT */
#include "memory_breakpoints.h"

#include "alloc.h"
#include "requests.h"
#include "runtime_link.h"
#include "session.h"

#include <stdlib.h>

/* ---- what is asked ---- */

static int64_t read_line(struct arguments *one) {
    int64_t line = arguments_integer(one, "line", 0, 1, ARGUMENTS_MAX_ID);
    if (line == 0)
        arguments_reject(one, "'line' is missing; it must be a number");
    return line;
}

static cJSON *read_one(struct arguments *arguments, const cJSON *item) {
    struct arguments one = arguments_of(item);
    struct arguments source = arguments_of(arguments_object(&one, "source"));
    cJSON *read = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(read, "path", arguments_required_string(&source, "path"));
    cJSON_AddNumberToObject(read, "line", (double)read_line(&one));
    cJSON_AddNumberToObject(read, "growth",
                            (double)arguments_required_bytes(&one, "growth", 0, "100KB"));
    const char *problem = one.problem != NULL ? one.problem : source.problem;
    if (problem != NULL)
        arguments_reject(arguments, "In 'breakpoints': %s", problem);
    arguments_finish(&source);
    arguments_finish(&one);
    return read;
}

static cJSON *read_all(struct arguments *arguments) {
    cJSON *asked = alloc_checked(cJSON_CreateObject());
    cJSON *list = cJSON_AddArrayToObject(asked, "breakpoints");
    const cJSON *item, *items = arguments_array(arguments, "breakpoints");
    if (items == NULL)
        arguments_reject(arguments, "'breakpoints' is missing");
    cJSON_ArrayForEach(item, items) {
        if (cJSON_IsObject(item))
            cJSON_AddItemToArray(list, read_one(arguments, item));
        else
            arguments_reject(arguments, "'breakpoints' must hold objects, not %s",
                             arguments_type(item));
    }
    return asked;
}

/* ---- what is answered: one for each ---- */

static cJSON *answer(const struct session *session, const char *problem) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *answers = cJSON_AddArrayToObject(body, "breakpoints");
    int count = cJSON_GetArraySize(
        cJSON_GetObjectItemCaseSensitive(session->memory_breakpoints.asked, "breakpoints"));
    for (int i = 0; i < count; i++) {
        cJSON *one = alloc_checked(cJSON_CreateObject());
        cJSON_AddBoolToObject(one, "verified", problem == NULL);
        if (problem != NULL)
            cJSON_AddStringToObject(one, "message", problem);
        cJSON_AddItemToArray(answers, one);
    }
    return body;
}

static bool can_be_asked(const struct session *session) {
    return session->link.open && !session->launch.settings.no_debug;
}

static void set_memory_breakpoints(struct session *session, struct request *request) {
    cJSON *asked = read_all(&request->arguments);
    if (request->arguments.problem != NULL) {
        cJSON_Delete(asked);
        return;
    }
    memory_breakpoints_finish(&session->memory_breakpoints);
    session->memory_breakpoints.asked = asked;
    bool measured = session->memory.on || !session->link.open;
    memory_breakpoints_send(session);
    client_respond(&session->client, &request->ticket,
                   answer(session, measured ? NULL : "Memory is not measured in this session"));
}

void memory_breakpoints_send(struct session *session) {
    const cJSON *asked = session->memory_breakpoints.asked;
    if (asked != NULL && can_be_asked(session))
        runtime_link_send(&session->link, "setMemoryBreakpoints",
                          alloc_checked(cJSON_Duplicate(asked, true)), NULL, NULL);
}

void memory_breakpoints_finish(struct memory_breakpoints *breakpoints) {
    cJSON_Delete(breakpoints->asked);
    breakpoints->asked = NULL;
}

const struct request_entry memory_breakpoints_requests[] = {
    {"luaheat/memoryBreakpoints",
     STATE_INITIALIZED,
     set_memory_breakpoints,
     {"luaheat/memoryBreakpoints"}},
    {NULL},
};
