/* SPDX-License-Identifier: MIT */
#include "inspection.h"
#include "alloc.h"
#include "console_commands.h"
#include "execution.h"
#include "link.h"
#include "memory_scope.h"
#include "program.h"
#include "request_tables.h"

#include <string.h>

static cJSON *thread_list(bool has_main) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *list = cJSON_AddArrayToObject(body, "threads");
    if (has_main) {
        cJSON *thread = alloc_checked(cJSON_CreateObject());
        cJSON_AddNumberToObject(thread, "id", 1);
        cJSON_AddStringToObject(thread, "name", "main");
        cJSON_AddItemToArray(list, thread);
    }
    return body;
}

static void note_threads(void *program, cJSON *body) {
    const cJSON *thread;
    cJSON_ArrayForEach(thread, cJSON_GetObjectItemCaseSensitive(body, "threads"))
        execution_note_thread(program, cJSON_GetObjectItemCaseSensitive(thread, "id"));
}

/* Editors want a thread to put the pause button on, and ask for it while the program runs. */
static void threads(struct request *request) {
    unsigned state = request->program != NULL ? request->program->state : 0;
    if (state == PROGRAM_STOPPED)
        program_forward_with(request, NULL, note_threads, thread_list(false));
    else
        client_respond(request->client, &request->ticket, thread_list(state == PROGRAM_RUNNING));
}

static void scopes(struct request *request) {
    program_forward_amended(request, memory_scope_append);
}

/* What is copied or hovered over runs no commands of the console. */
static bool may_have_commands(const cJSON *context) {
    return !cJSON_IsString(context) || (strcmp(context->valuestring, "clipboard") != 0 &&
                                        strcmp(context->valuestring, "hover") != 0);
}

static void evaluate(struct request *request) {
    const cJSON *context = cJSON_GetObjectItemCaseSensitive(request->arguments.object, "context");
    bool amended = may_have_commands(context);
    program_forward_amended(request, amended ? console_commands_answer : NULL);
}

static void variables(struct request *request) {
    struct arguments *arguments = &request->arguments;
    int64_t reference = arguments_required_id(arguments, "variablesReference");
    int64_t start = arguments_integer(arguments, "start", 0, 0, ARGUMENTS_MAX_ID);
    int64_t count = arguments_integer(arguments, "count", 0, 0, ARGUMENTS_MAX_ID);
    if (arguments->problem != NULL)
        return;
    if (reference < LINK_REFERENCES)
        program_forward(request);
    else
        memory_scope_variables(request, reference, start, count);
}

/* Without a program nothing is loaded. */
static void loaded_sources(struct request *request) {
    const struct program *program = request->program;
    cJSON *none = alloc_checked(cJSON_CreateObject());
    cJSON_AddArrayToObject(none, "sources");
    if (program != NULL && program->link.open && program->state != PROGRAM_STARTING &&
        !program_is_silent(program))
        program_forward_with(request, NULL, NULL, none);
    else
        client_respond(request->client, &request->ticket, none);
}

static void set_variable(struct request *request) {
    struct arguments *arguments = &request->arguments;
    int64_t reference = arguments_required_id(arguments, "variablesReference");
    if (reference >= LINK_REFERENCES)
        arguments_reject(arguments, "Figures cannot be set");
    if (arguments->problem == NULL)
        program_forward(request);
}

void inspection_add_capabilities(cJSON *capabilities) {
    cJSON *triggers =
        alloc_checked(cJSON_AddArrayToObject(capabilities, "completionTriggerCharacters"));
    cJSON_AddItemToArray(triggers, alloc_checked(cJSON_CreateString(".")));
    cJSON_AddItemToArray(triggers, alloc_checked(cJSON_CreateString(":")));
}

const struct request_entry inspection_requests[] = {
    {"threads", STATE_INITIALIZED, threads, {NULL}},
    {"stackTrace", STATE_STOPPED, program_forward, {"supportsDelayedStackTraceLoading"}},
    {"scopes", STATE_STOPPED, scopes, {NULL}},
    {"variables", STATE_STOPPED, variables, {"supportsValueFormattingOptions"}},
    {"evaluate",
     STATE_STOPPED,
     evaluate,
     {"supportsEvaluateForHovers", "supportsClipboardContext"}},
    {"setVariable", STATE_STOPPED, set_variable, {"supportsSetVariable"}},
    {"setExpression", STATE_STOPPED, program_forward, {"supportsSetExpression"}},
    {"completions", STATE_STOPPED, program_forward, {"supportsCompletionsRequest"}},
    {"readMemory", STATE_STOPPED, program_forward, {"supportsReadMemoryRequest"}},
    {"writeMemory", STATE_STOPPED, program_forward, {"supportsWriteMemoryRequest"}},
    {"locations", STATE_STOPPED, program_forward, {NULL}},
    {"source", STATE_STOPPED, program_forward, {NULL}},
    {"loadedSources", STATE_INITIALIZED, loaded_sources, {"supportsLoadedSourcesRequest"}},
    {NULL},
};
