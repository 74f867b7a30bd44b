/* SPDX-License-Identifier: MIT */
#include "hook.h"
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cJSON *describe(const struct function_breakpoint *breakpoint) {
    bool verified = breakpoint->message == NULL;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "id", breakpoint->id);
    cJSON_AddBoolToObject(body, "verified", verified);
    if (verified)
        return body;
    cJSON_AddStringToObject(body, "reason", "failed");
    channel_add_text(body, "message", breakpoint->message);
    return body;
}

static const char *text(const cJSON *object, const char *name) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

static void read_one(struct function_breakpoint *breakpoint, const cJSON *item, size_t index) {
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(item, "id");
    const char *name = text(item, "name");
    breakpoint->id = cJSON_IsNumber(id) ? id->valueint : 0;
    breakpoint->name = strdup(name != NULL ? name : "");
    const struct terms_asked asked = {.condition = text(item, "condition"),
                                      .hit_count = text(item, "hitCondition")};
    char *problem = terms_read(&breakpoint->terms, &asked);
    const char *bad_name = function_breakpoints_check_name(name != NULL ? name : "");
    if (problem == NULL && bad_name != NULL)
        problem = strdup(bad_name);
    if (problem == NULL && index >= FUNCTION_BREAKPOINTS_MOST)
        problem = strdup("too many function breakpoints");
    if (problem != NULL && asprintf(&breakpoint->message, "Not set: %s", problem) < 0)
        breakpoint->message = NULL;
    free(problem);
}

static cJSON *set(struct server *server, const cJSON *arguments, struct inspect_problem *problem) {
    const cJSON *asked = cJSON_GetObjectItemCaseSensitive(arguments, "breakpoints");
    size_t room = (size_t)cJSON_GetArraySize(asked), count = 0;
    struct function_breakpoint *list = calloc(room + 1, sizeof *list);
    const cJSON *item;
    if (list == NULL)
        return inspect_refuse(problem, "not enough memory");
    cJSON_ArrayForEach(item, asked) {
        read_one(&list[count], item, count);
        count++;
    }
    int error = function_breakpoints_replace(&server->debugger.functions, list, count);
    for (size_t i = 0; i < count && error != 0; i++)
        function_breakpoints_drop(&list[i]);
    free(list);
    if (error != 0)
        return inspect_refuse(problem, "not enough memory");
    hits_forget(server);
    hook_refresh_running(&server->debugger);
    cJSON *body = cJSON_CreateObject();
    cJSON *answers = cJSON_AddArrayToObject(body, "breakpoints");
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(answers, describe(&server->debugger.functions.list[i]));
    return body;
}

const struct server_request server_function_requests[] = {
    {"setFunctionBreakpoints", set},
    {NULL},
};
