/* SPDX-License-Identifier: MIT */
#include "set_breakpoints.h"

#include "alloc.h"
#include "breakpoint_verdicts.h"
#include "configuration.h"
#include "contract_check.h"
#include "link.h"
#include "message.h"
#include "program.h"
#include "request_tables.h"

/* Of one source, of functions, of data. */
enum { MOST_BREAKPOINTS = 10000 };

/* ---- what is asked ---- */

static void check_source(struct arguments *arguments, const cJSON *source) {
    struct arguments of_source = arguments_of(source);
    const char *path = arguments_string(&of_source, "path", NULL);
    arguments_string(&of_source, "name", NULL);
    int64_t reference = arguments_integer(&of_source, "sourceReference", 0, 0, ARGUMENTS_MAX_ID);
    if (source == NULL)
        arguments_reject(arguments, "'source' is missing; it must be an object");
    else if (of_source.problem != NULL)
        arguments_reject(arguments, "In 'source': %s", of_source.problem);
    else if (path == NULL && reference == 0)
        arguments_reject(arguments, "'source' must have a 'path' or a 'sourceReference'");
    arguments_finish(&of_source);
}

static void check_line(struct arguments *arguments, const cJSON *one, int index) {
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(one, "line");
    int64_t line = 0;
    if (!message_integer(field, &line) || line < 1 || line > INT32_MAX)
        arguments_reject(arguments, "'line' of 'breakpoints[%d]' must be the number of a line",
                         index);
}

/* The strings of each, the first of which (`required`) must be there. */
static void check_texts(struct arguments *arguments, const cJSON *one, int index,
                        const char *required) {
    static const char *const optional[] = {"condition", "hitCondition", "logMessage", "mode",
                                           "accessType"};
    struct arguments of_one = arguments_of(one);
    if (required != NULL)
        arguments_required_string(&of_one, required);
    for (size_t i = 0; i < sizeof optional / sizeof optional[0]; i++)
        arguments_string(&of_one, optional[i], NULL);
    if (of_one.problem != NULL)
        arguments_reject(arguments, "In 'breakpoints[%d]': %s", index, of_one.problem);
    arguments_finish(&of_one);
}

/* required: the string each must have; NULL: a line. */
static const cJSON *read_list(struct arguments *arguments, const char *required) {
    const cJSON *list = arguments_array(arguments, "breakpoints");
    const cJSON *one;
    int index = 0;
    if (cJSON_GetArraySize(list) > MOST_BREAKPOINTS)
        arguments_reject(arguments, "'breakpoints' may hold no more than %d", MOST_BREAKPOINTS);
    cJSON_ArrayForEach(one, list) {
        if (!cJSON_IsObject(one)) {
            arguments_reject(arguments, "'breakpoints[%d]' must be an object, not %s", index,
                             contract_type_of(one));
        } else {
            if (required == NULL)
                check_line(arguments, one, index);
            check_texts(arguments, one, index, required);
        }
        index++;
    }
    return list;
}

/* Replaces those of the set that the request names (breakpoint_table.h). */
static void set(const struct request *request, const cJSON *source, const cJSON *list) {
    struct breakpoint_table *table = &request->configuration->breakpoints;
    breakpoint_verdicts_answer(
        request, table, breakpoint_table_replace(table, request->ticket.command, source, list));
}

static void set_breakpoints(struct request *request) {
    const cJSON *source = arguments_object(&request->arguments, "source");
    check_source(&request->arguments, source);
    const cJSON *list = read_list(&request->arguments, NULL);
    if (request->arguments.problem == NULL)
        set(request, source, list);
}

static void set_function_breakpoints(struct request *request) {
    const cJSON *list = read_list(&request->arguments, "name");
    if (request->arguments.problem == NULL)
        set(request, NULL, list);
}

static void set_data_breakpoints(struct request *request) {
    const cJSON *list = read_list(&request->arguments, "dataId");
    if (request->arguments.problem == NULL)
        set(request, NULL, list);
}

/* The figures in the scope "Memory" are no variables of the program. */
static void data_breakpoint_info(struct request *request) {
    struct arguments *arguments = &request->arguments;
    int64_t reference = arguments_integer(arguments, "variablesReference", 0, 0, ARGUMENTS_MAX_ID);
    if (arguments->problem != NULL)
        return;
    if (reference < LINK_REFERENCES) {
        program_forward(request);
        return;
    }
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddNullToObject(body, "dataId");
    cJSON_AddStringToObject(body, "description", "Only the program's own variables can be watched");
    client_respond(request->client, &request->ticket, body);
}

/* Without a runtime nobody knows. */
static void breakpoint_locations(struct request *request) {
    struct arguments *arguments = &request->arguments;
    check_source(arguments, arguments_object(arguments, "source"));
    if (arguments_integer(arguments, "line", 0, 0, INT32_MAX) == 0)
        arguments_reject(arguments, "'line' must be the number of a line");
    arguments_integer(arguments, "endLine", 0, 0, INT32_MAX);
    if (arguments->problem != NULL)
        return;
    cJSON *none = alloc_checked(cJSON_CreateObject());
    cJSON_AddArrayToObject(none, "breakpoints");
    if (program_can_be_asked(request->program))
        program_forward_with(request, cJSON_Duplicate(arguments->object, true), NULL, none);
    else
        client_respond(request->client, &request->ticket, none);
}

/* ---- modes of a breakpoint ---- */

void set_breakpoints_add_modes(cJSON *capabilities) {
    static const struct {
        const char *mode, *label, *description;
    } modes[] = {
        {"stop", "Stop the program", "Stops before the line is run"},
        {"memory: start", "Memory: start",
         "A window of a measurement begins here; the program goes on. A log message is its name"},
        {"memory: stop", "Memory: stop", "The window ends here; the program goes on"},
        {"memory: lap", "Memory: lap",
         "A window from each time the program comes here to the next; the program goes on"},
    };
    cJSON *list = cJSON_AddArrayToObject(capabilities, "breakpointModes");
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        static const char *const kinds[] = {"source"};
        cJSON *mode = alloc_checked(cJSON_CreateObject());
        cJSON_AddStringToObject(mode, "mode", modes[i].mode);
        cJSON_AddStringToObject(mode, "label", modes[i].label);
        cJSON_AddStringToObject(mode, "description", modes[i].description);
        cJSON_AddItemToObject(mode, "appliesTo", cJSON_CreateStringArray(kinds, 1));
        cJSON_AddItemToArray(list, mode);
    }
}

const struct request_entry breakpoint_requests[] = {
    {"setBreakpoints",
     STATE_INITIALIZED,
     set_breakpoints,
     {"supportsConditionalBreakpoints", "supportsHitConditionalBreakpoints", "supportsLogPoints"}},
    {"setFunctionBreakpoints",
     STATE_INITIALIZED,
     set_function_breakpoints,
     {"supportsFunctionBreakpoints"}},
    {"dataBreakpointInfo", STATE_STOPPED, data_breakpoint_info, {"supportsDataBreakpoints"}},
    {"setDataBreakpoints", STATE_INITIALIZED, set_data_breakpoints, {NULL}},
    {"breakpointLocations",
     STATE_INITIALIZED,
     breakpoint_locations,
     {"supportsBreakpointLocationsRequest"}},
    {NULL},
};
