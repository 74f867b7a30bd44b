/* SPDX-License-Identifier: MIT */
#include "data_requests.h"

#include "arguments.h"
#include "data_breakpoint_info.h"
#include "data_variable.h"
#include "debugger.h"
#include "expressions.h"
#include "hook.h"
#include "server.h"
#include "stop.h"

#include <stdlib.h>

static cJSON *describe(const struct data_breakpoint *breakpoint) {
    bool verified = data_breakpoints_is_live(breakpoint);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "id", breakpoint->id);
    cJSON_AddBoolToObject(body, "verified", verified);
    if (!verified)
        cJSON_AddStringToObject(body, "reason", "failed");
    if (breakpoint->message != NULL)
        channel_add_text(body, "message", breakpoint->message);
    return body;
}

void data_requests_tell_gone(struct server *server, struct data_breakpoint *breakpoint) {
    cJSON *body = cJSON_CreateObject();
    data_breakpoints_note_gone(breakpoint);
    cJSON_AddStringToObject(body, "reason", "changed");
    cJSON_AddItemToObject(body, "breakpoint", describe(breakpoint));
    server_send_event(server, "breakpoint", body);
    server->debugger->data = data_breakpoints_wanted(server->data);
}

void data_requests_on_frame(void *data, lua_State *L, lua_Debug *event) {
    struct server *server = data;
    for (size_t i = 0; i < server->data->count; i++) {
        struct data_breakpoint *breakpoint = &server->data->list[i];
        if (breakpoint->variable != NULL && data_variable_follow(breakpoint->variable, L, event))
            data_requests_tell_gone(server, breakpoint);
    }
}

/* DAP: no dataId, and the description says why. */
static cJSON *describe_none(struct inspect_problem *problem) {
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNullToObject(body, "dataId");
    cJSON_AddStringToObject(body, "description", problem->text);
    *problem = (struct inspect_problem){{0}};
    return body;
}

static cJSON *info(struct server *server, const cJSON *arguments, struct inspect_problem *problem) {
    struct data_variable *variable =
        data_breakpoint_info_find(server->stop, server->expressions, arguments, problem);
    if (variable == NULL)
        return describe_none(problem);
    struct string_builder id = {0};
    cJSON *body = cJSON_CreateObject();
    channel_add_text(body, "description", variable->name);
    bool persists = data_breakpoints_name(server->data, variable, server->expressions, &id);
    cJSON_AddStringToObject(body, "dataId", string_builder_text(&id));
    string_builder_finish(&id);
    cJSON *types = cJSON_AddArrayToObject(body, "accessTypes");
    cJSON_AddItemToArray(types, cJSON_CreateString("write"));
    cJSON_AddBoolToObject(body, "canPersist", persists);
    return body;
}

static void read_one(const struct server *server, struct data_breakpoint *breakpoint,
                     const cJSON *item) {
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(item, "id");
    const struct data_breakpoint_asked asked = {
        .data_id = arguments_text(item, "dataId"),
        .access = arguments_text(item, "accessType"),
        .options = {.condition = arguments_text(item, "condition"),
                    .hit_count = arguments_text(item, "hitCondition")}};
    breakpoint->id = cJSON_IsNumber(id) ? id->valueint : 0;
    data_breakpoints_read(server->data, breakpoint, &asked);
}

static cJSON *set(struct server *server, const cJSON *arguments, struct inspect_problem *problem) {
    const cJSON *asked = cJSON_GetObjectItemCaseSensitive(arguments, "breakpoints");
    struct data_breakpoint *list = calloc((size_t)cJSON_GetArraySize(asked) + 1, sizeof *list);
    if (list == NULL)
        return inspect_refuse(problem, "not enough memory");
    const cJSON *item;
    size_t count = 0;
    cJSON_ArrayForEach(item, asked) read_one(server, &list[count++], item);
    expressions_clear(server->expressions);
    data_breakpoints_set(server->data, list, count, server->expressions,
                         server->stop != NULL ? server->stop->L : server_running(server));
    if (server->stop != NULL)
        account_settle(&server->debugger->account, server->stop->L);
    server->debugger->data = data_breakpoints_wanted(server->data);
    hook_refresh_running(server->debugger);
    cJSON *body = cJSON_CreateObject();
    cJSON *answers = cJSON_AddArrayToObject(body, "breakpoints");
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(answers, describe(&list[i]));
    return body;
}

const struct server_request server_data_requests[] = {
    {"dataBreakpointInfo", info},
    {"setDataBreakpoints", set},
    {NULL},
};
