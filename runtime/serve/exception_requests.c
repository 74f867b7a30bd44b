/* SPDX-License-Identifier: MIT */

/* Which errors stop the program: DAP's exception filters and their conditions. */
#include "arguments.h"
#include "debugger.h"
#include "error_condition.h"
#include "expressions.h"
#include "memory_requests.h"
#include "server.h"

#include <stdlib.h>
#include <string.h>

static const char *const filter_names[SERVER_ERROR_FILTERS] = {
    [SERVER_UNCAUGHT] = "uncaught", [SERVER_CAUGHT] = "caught"};

static void clear(struct server *server) {
    memory_requests_clear_filter(server);
    server->debugger->exceptions = (struct debugger_exceptions){0};
    for (int i = 0; i < SERVER_ERROR_FILTERS; i++)
        error_condition_finish(&server->error_conditions[i]);
}

/* The adapter has read the condition. */
static const char *set_memory_filter(struct server *server, const cJSON *option) {
    const char *problem = arguments_text(option, "problem");
    return problem != NULL ? problem
                           : memory_requests_set_filter(server, arguments_get(option, "above"));
}

/* NULL, or why it is not set; the caller's to free(). */
static char *set_error_filter(struct server *server, const char *name, const char *condition) {
    char *problem = NULL;
    int filter = 0;
    while (filter < SERVER_ERROR_FILTERS && strcmp(filter_names[filter], name) != 0)
        filter++;
    if (filter == SERVER_ERROR_FILTERS)
        problem = strdup("there is no such filter: use 'caught', 'uncaught' or 'memory'");
    else
        problem = error_condition_set(&server->error_conditions[filter], condition);
    if (problem == NULL)
        *(filter == SERVER_CAUGHT ? &server->debugger->exceptions.caught
                                  : &server->debugger->exceptions.uncaught) = true;
    return problem;
}

/* Sets one filter; its Breakpoint. option: NULL if it has none. */
static cJSON *set_filter(struct server *server, const char *name, const cJSON *option) {
    cJSON *answer = cJSON_CreateObject();
    const char *refusal = NULL;
    char *problem = NULL;
    if (strcmp(name, "memory") == 0)
        refusal = set_memory_filter(server, option);
    else
        problem = set_error_filter(server, name, arguments_text(option, "condition"));
    if (refusal != NULL)
        problem = strdup(refusal);
    if (problem != NULL)
        channel_add_text(answer, "message", problem);
    cJSON_AddBoolToObject(answer, "verified", problem == NULL);
    free(problem);
    return answer;
}

/* DAP wants an answer for each of `filters`, then for each of `filterOptions`. */
static cJSON *set_exception_breakpoints(struct server *server, const cJSON *arguments,
                                        struct inspect_problem *problem) {
    cJSON *body = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(body, "breakpoints");
    const cJSON *item;
    clear(server);
    expressions_clear(server->expressions);
    cJSON_ArrayForEach(item, arguments_get(arguments, "filters"))
        cJSON_AddItemToArray(list, set_filter(server, item->valuestring, NULL));
    cJSON_ArrayForEach(item, arguments_get(arguments, "filterOptions"))
        cJSON_AddItemToArray(list, set_filter(server, arguments_text(item, "filterId"), item));
    return body;
}

const struct server_request server_exception_requests[] = {
    {"setExceptionBreakpoints", set_exception_breakpoints},
    {NULL},
};
