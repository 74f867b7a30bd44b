/* SPDX-License-Identifier: MIT */
/* Where the function is defined that a location reference came with. */
#include "arguments.h"
#include "reference.h"
#include "source.h"
#include "stop.h"
#include "value_path.h"

/* Of the value on top of the stack. */
static cJSON *locate(struct stop *stop, struct inspect_problem *problem) {
    lua_Debug record;
    if (!lua_isfunction(stop->L, -1))
        return inspect_refuse(problem, "there is no function (any more)");
    lua_pushvalue(stop->L, -1);
    lua_getinfo(stop->L, ">S", &record);
    cJSON *source = source_of(&stop->account->chunks, &record);
    if (source == NULL)
        return inspect_refuse(problem, "a function made in C has no place in a source");
    cJSON *body = cJSON_CreateObject();
    cJSON_AddItemToObject(body, "source", source);
    cJSON_AddNumberToObject(body, "line", record.linedefined > 0 ? record.linedefined : 1);
    cJSON_AddNumberToObject(body, "column", 1);
    return body;
}

static cJSON *locations(struct stop *stop, const cJSON *arguments,
                        struct inspect_problem *problem) {
    int number = 0;
    struct reference reference;
    if (!arguments_count(arguments, "locationReference", &number, problem) ||
        !reference_find(&stop->references, number, &reference, problem))
        return NULL;
    int height = lua_gettop(stop->L);
    cJSON *body = NULL;
    if (reference.view == VIEW_VALUE && value_path_push(&stop->paths, reference.path))
        body = locate(stop, problem);
    else
        inspect_refuse(problem, "there is no function (any more)");
    lua_settop(stop->L, height);
    return body;
}

const struct inspect_request locations_requests[] = {
    {"locations", locations},
    {NULL, NULL},
};
