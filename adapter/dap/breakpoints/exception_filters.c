/* SPDX-License-Identifier: MIT */
#include "exception_filters.h"

#include "alloc.h"
#include "configuration.h"
#include "contract_check.h"
#include "memory_filter.h"
#include "program.h"
#include "request_tables.h"

#include <string.h>

struct filter {
    const char *id, *label, *description, *condition;
};

static const struct filter filters[] = {
    {"uncaught", "Uncaught Errors", "Stops where an error is thrown that nothing catches",
     "A Lua expression; the error value is `err`"},
    {"caught", "Caught Errors",
     "Stops where an error is thrown that pcall, xpcall or coroutine.resume catches",
     "A Lua expression; the error value is `err`"},
    {MEMORY_FILTER, "Memory",
     "Stops where memory goes above a figure: the heap, its growth since the last stop, that of a "
     "line, a single allocation",
     "heap > 64MB or growth > 1MB or line > 100KB or allocation > 10KB"},
};

static cJSON *describe(const struct filter *filter) {
    cJSON *item = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(item, "filter", filter->id);
    cJSON_AddStringToObject(item, "label", filter->label);
    cJSON_AddStringToObject(item, "description", filter->description);
    cJSON_AddTrueToObject(item, "supportsCondition");
    cJSON_AddStringToObject(item, "conditionDescription", filter->condition);
    return item;
}

/* A debugger that lets a program die without a word would be of little use: that one is on. */
void exception_filters_add(cJSON *capabilities) {
    cJSON *list = cJSON_AddArrayToObject(capabilities, "exceptionBreakpointFilters");
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        cJSON *item = describe(&filters[i]);
        cJSON_AddBoolToObject(item, "default", i == 0);
        cJSON_AddItemToArray(list, item);
    }
}

static void check_filters(struct arguments *arguments, const cJSON *list) {
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        if (!cJSON_IsString(item))
            arguments_reject(arguments, "'filters' must hold strings, not %s",
                             contract_type_of(item));
    }
}

static void check_options(struct arguments *arguments, const cJSON *list) {
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        struct arguments option = arguments_of(item);
        arguments_required_string(&option, "filterId");
        arguments_string(&option, "condition", NULL);
        if (option.problem != NULL)
            arguments_reject(arguments, "In 'filterOptions': %s", option.problem);
        arguments_finish(&option);
    }
}

/* Without a runtime nobody says more: one answer for each filter asked for. */
static cJSON *without_runtime(const struct request *request) {
    const char *const lists[] = {"filters", "filterOptions"};
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *answers = cJSON_AddArrayToObject(body, "breakpoints");
    for (int i = 0; i < 2; i++) {
        int count = cJSON_GetArraySize(
            cJSON_GetObjectItemCaseSensitive(request->arguments.object, lists[i]));
        for (; count > 0; count--) {
            cJSON *answer = alloc_checked(cJSON_CreateObject());
            cJSON_AddTrueToObject(answer, "verified");
            cJSON_AddItemToArray(answers, answer);
        }
    }
    return body;
}

cJSON *exception_filters_for_runtime(const cJSON *asked) {
    cJSON *arguments = alloc_checked(cJSON_Duplicate(asked, true));
    cJSON *options = cJSON_GetObjectItemCaseSensitive(arguments, "filterOptions");
    for (cJSON *option = options != NULL ? options->child : NULL, *next; option != NULL;
         option = next) {
        next = option->next;
        const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(option, "filterId"));
        const cJSON *condition = cJSON_GetObjectItemCaseSensitive(option, "condition");
        if (strcmp(id, MEMORY_FILTER) == 0)
            cJSON_ReplaceItemViaPointer(options, option,
                                        memory_filter_option(cJSON_GetStringValue(condition)));
    }
    return arguments;
}

static void set_exception_breakpoints(struct request *request) {
    struct arguments *arguments = &request->arguments;
    cJSON **kept = &request->configuration->exception_filters;
    check_filters(arguments, arguments_array(arguments, "filters"));
    check_options(arguments, arguments_array(arguments, "filterOptions"));
    if (arguments->problem != NULL)
        return;
    cJSON_Delete(*kept);
    *kept = alloc_checked(arguments->object != NULL ? cJSON_Duplicate(arguments->object, true)
                                                    : cJSON_CreateObject());
    if (program_can_be_asked(request->program))
        program_forward_with(request, exception_filters_for_runtime(*kept), NULL,
                             without_runtime(request));
    else
        client_respond(request->client, &request->ticket, without_runtime(request));
}

const struct request_entry exception_filters_requests[] = {
    {"setExceptionBreakpoints",
     STATE_INITIALIZED,
     set_exception_breakpoints,
     {"supportsExceptionFilterOptions"}},
    {"exceptionInfo", STATE_STOPPED, program_forward, {"supportsExceptionInfoRequest"}},
    {NULL},
};
