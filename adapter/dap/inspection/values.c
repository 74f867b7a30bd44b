/* SPDX-License-Identifier: MIT */
#include "values.h"

#include "alloc.h"
#include "forward.h"
#include "link.h"
#include "requests.h"
#include "session.h"

void values_add_capabilities(cJSON *capabilities) {
    cJSON *triggers =
        alloc_checked(cJSON_AddArrayToObject(capabilities, "completionTriggerCharacters"));
    cJSON_AddItemToArray(triggers, alloc_checked(cJSON_CreateString(".")));
    cJSON_AddItemToArray(triggers, alloc_checked(cJSON_CreateString(":")));
}

static void set_variable(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    int64_t reference = arguments_required_id(arguments, "variablesReference");
    arguments_required_string(arguments, "name");
    arguments_required_string(arguments, "value");
    arguments_object(arguments, "format");
    if (reference >= LINK_REFERENCES)
        arguments_reject(arguments, "Figures cannot be set");
    if (arguments->problem == NULL)
        forward(session, request, NULL);
}

static void set_expression(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    arguments_required_string(arguments, "expression");
    arguments_required_string(arguments, "value");
    arguments_integer(arguments, "frameId", 0, 0, ARGUMENTS_MAX_ID);
    arguments_object(arguments, "format");
    if (arguments->problem == NULL)
        forward(session, request, NULL);
}

static void completions(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    arguments_required_string(arguments, "text");
    arguments_required_id(arguments, "column");
    arguments_integer(arguments, "line", 1, 0, ARGUMENTS_MAX_ID);
    arguments_integer(arguments, "frameId", 0, 0, ARGUMENTS_MAX_ID);
    if (arguments->problem == NULL)
        forward(session, request, NULL);
}

static void read_memory(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    arguments_required_string(arguments, "memoryReference");
    arguments_required_id(arguments, "count");
    if (arguments->problem == NULL)
        forward(session, request, NULL);
}

static void write_memory(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    arguments_required_string(arguments, "memoryReference");
    arguments_required_string(arguments, "data");
    arguments_flag(arguments, "allowPartial", false);
    if (arguments->problem == NULL)
        forward(session, request, NULL);
}

static void locations(struct session *session, struct request *request) {
    arguments_required_id(&request->arguments, "locationReference");
    if (request->arguments.problem == NULL)
        forward(session, request, NULL);
}

const struct request_entry values_requests[] = {
    {"setVariable", STATE_STOPPED, set_variable, {"supportsSetVariable"}},
    {"setExpression", STATE_STOPPED, set_expression, {"supportsSetExpression"}},
    {"completions", STATE_STOPPED, completions, {"supportsCompletionsRequest"}},
    {"readMemory", STATE_STOPPED, read_memory, {"supportsReadMemoryRequest"}},
    {"writeMemory", STATE_STOPPED, write_memory, {"supportsWriteMemoryRequest"}},
    {"locations", STATE_STOPPED, locations, {NULL}},
    {NULL},
};
