/* SPDX-License-Identifier: MIT */
/* Which errors stop the program: DAP's exception filters and their conditions. */
#include "evaluate.h"
#include "frames.h"
#include "memory_alarms.h"
#include "server.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

enum filter { UNCAUGHT, CAUGHT, FILTERS };

static const char *const filter_names[FILTERS] = {[UNCAUGHT] = "uncaught", [CAUGHT] = "caught"};

static const char *text(const cJSON *object, const char *name) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? item->valuestring : NULL;
}

static void clear(struct server *server) {
    memory_alarms_clear(server);
    server->debugger.exceptions = (struct debugger_exceptions){0};
    for (int i = 0; i < FILTERS; i++) {
        free(server->error_conditions[i]);
        server->error_conditions[i] = NULL;
    }
}

/* The message of a condition that cannot be compiled, the caller's to free(); NULL: it can. */
static char *check(const char *condition) {
    char *problem = NULL;
    lua_State *L = luaL_newstate();
    if (L == NULL)
        return NULL;
    lua_pushfstring(L, "return %s", condition);
    if (luaL_loadbuffer(L, lua_tostring(L, -1), lua_rawlen(L, -1), "=condition") != LUA_OK)
        problem = strdup(lua_tostring(L, -1));
    lua_close(L);
    return problem;
}

static char *set_condition(struct server *server, int filter, const char *condition) {
    char *problem = check(condition);
    if (problem == NULL) {
        free(server->error_conditions[filter]);
        server->error_conditions[filter] = strdup(condition);
    }
    return problem;
}

/* The adapter has read the condition: link.h. */
static const char *set_memory_filter(struct server *server, const cJSON *option) {
    const char *problem = text(option, "problem");
    return problem != NULL
               ? problem
               : memory_alarms_set(server, cJSON_GetObjectItemCaseSensitive(option, "above"));
}

/* NULL, or why it is not set; the caller's to free(). */
static char *set_error_filter(struct server *server, const char *name, const char *condition) {
    char *problem = NULL;
    int filter = 0;
    while (filter < FILTERS && strcmp(filter_names[filter], name) != 0)
        filter++;
    if (filter == FILTERS)
        problem = strdup("there is no such filter: use 'caught', 'uncaught' or 'memory'");
    else if (condition != NULL && *condition != '\0')
        problem = set_condition(server, filter, condition);
    if (problem == NULL)
        *(filter == CAUGHT ? &server->debugger.exceptions.caught
                           : &server->debugger.exceptions.uncaught) = true;
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
        problem = set_error_filter(server, name, text(option, "condition"));
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
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(arguments, "filters")) {
        cJSON_AddItemToArray(
            list, set_filter(server, cJSON_IsString(item) ? item->valuestring : "", NULL));
    }
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(arguments, "filterOptions")) {
        const char *name = text(item, "filterId");
        cJSON_AddItemToArray(list, set_filter(server, name != NULL ? name : "", item));
    }
    return body;
}

/* The frame that threw: names in a condition are its names. */
static int throwing_frame(struct stop *stop) {
    lua_State *L = stop->error.thread;
    int level = stop_hidden(stop, L);
    lua_Debug record;
    return lua_getstack(L, level, &record) ? frames_id(stop, L, level, &record) : 0;
}

bool server_wants_error(struct server *server) {
    struct stop *stop = server->stop;
    const char *condition = server->error_conditions[stop->error.caught ? CAUGHT : UNCAUGHT];
    struct inspect_problem problem = {{0}};
    if (condition == NULL)
        return true;
    return evaluate_error_condition(stop, throwing_frame(stop), condition, &problem) ||
           problem.text[0] != '\0';
}

const struct server_request server_exception_requests[] = {
    {"setExceptionBreakpoints", false, set_exception_breakpoints},
    {NULL, false, NULL},
};
