/* SPDX-License-Identifier: MIT */
#include "exceptions.h"

#include "alloc.h"
#include "forward.h"
#include "memory_filter.h"
#include "requests.h"
#include "session.h"

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
void exceptions_add_filters(cJSON *capabilities) {
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
                             arguments_type(item));
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

/* With the condition of the filter "memory" read. The caller's to delete. */
static cJSON *for_runtime(const cJSON *asked) {
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

static bool can_be_asked(const struct session *session) {
    return session->link.open && !session->launch.settings.no_debug;
}

static void set_exception_breakpoints(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    check_filters(arguments, arguments_array(arguments, "filters"));
    check_options(arguments, arguments_array(arguments, "filterOptions"));
    if (arguments->problem != NULL)
        return;
    exceptions_finish(&session->exceptions);
    session->exceptions.asked =
        alloc_checked(arguments->object != NULL ? cJSON_Duplicate(arguments->object, true)
                                                : cJSON_CreateObject());
    if (can_be_asked(session))
        forward_with(session, request, for_runtime(session->exceptions.asked), NULL,
                     without_runtime(request));
    else
        client_respond(&session->client, &request->ticket, without_runtime(request));
}

void exceptions_send(struct session *session) {
    if (session->exceptions.asked != NULL && can_be_asked(session))
        runtime_link_send(&session->link, "setExceptionBreakpoints",
                          for_runtime(session->exceptions.asked), NULL, NULL);
}

void exceptions_finish(struct exceptions *exceptions) {
    cJSON_Delete(exceptions->asked);
    exceptions->asked = NULL;
}

const struct request_entry exceptions_requests[] = {
    {"setExceptionBreakpoints",
     STATE_INITIALIZED,
     set_exception_breakpoints,
     {"supportsExceptionFilterOptions"}},
    {"exceptionInfo", STATE_STOPPED, forward, {"supportsExceptionInfoRequest"}},
    {NULL},
};
