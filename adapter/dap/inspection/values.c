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
    if (reference >= LINK_REFERENCES)
        arguments_reject(arguments, "Figures cannot be set");
    if (arguments->problem == NULL)
        forward(session, request);
}

const struct request_entry values_requests[] = {
    {"setVariable", STATE_STOPPED, set_variable, {"supportsSetVariable"}},
    {"setExpression", STATE_STOPPED, forward, {"supportsSetExpression"}},
    {"completions", STATE_STOPPED, forward, {"supportsCompletionsRequest"}},
    {"readMemory", STATE_STOPPED, forward, {"supportsReadMemoryRequest"}},
    {"writeMemory", STATE_STOPPED, forward, {"supportsWriteMemoryRequest"}},
    {"locations", STATE_STOPPED, forward, {NULL}},
    {NULL},
};
