/* SPDX-License-Identifier: MIT */
#include "data_breakpoint_info.h"

#include "account.h"
#include "arguments.h"
#include "data_search.h"
#include "expressions.h"
#include "frames.h"
#include "reference.h"
#include "stop.h"

static struct data_variable *refuse(const struct data_search *search) {
    return inspect_refuse(
        search->problem,
        "'%.200s' cannot be watched: only fields, locals, upvalues and globals can", search->name);
}

static bool read_arguments(struct data_search *search, const cJSON *arguments,
                           const struct reference **reference) {
    int number = arguments_count(arguments, "variablesReference", 0);
    struct frame frame;
    *reference = number > 0 ? handles_get(&search->stop->references.items, number) : NULL;
    if (number > 0 && *reference == NULL)
        return inspect_refuse(search->problem,
                              "this reference is of an earlier stop: ask for the scopes again");
    return arguments_get(arguments, "frameId") == NULL ||
           frames_asked(&search->stop->frames, arguments, &frame, &search->frame, search->problem);
}

struct data_variable *data_breakpoint_info_find(struct stop *stop, struct expressions *expressions,
                                                const cJSON *arguments,
                                                struct inspect_problem *problem) {
    struct data_search search = {.stop = stop,
                                 .expressions = expressions,
                                 .name = arguments_text(arguments, "name"),
                                 .problem = problem};
    const struct reference *reference;
    struct string_builder title = {0};
    if (!read_arguments(&search, arguments, &reference))
        return NULL;
    if (expressions_open(expressions, stop->L) == NULL)
        return inspect_refuse(problem, "not enough memory");
    if (reference != NULL)
        data_search_write_title(&title, reference, search.name);
    else
        string_builder_print(&title, "%s", search.name);
    search.title = string_builder_text(&title);
    expressions_begin_work(expressions, stop->L);
    struct data_variable *variable =
        reference != NULL ? data_search_child(&search, reference) : data_search_expression(&search);
    expressions_end_work(expressions, stop->L);
    account_settle(stop->account, stop->L);
    string_builder_finish(&title);
    return variable != NULL ? variable : refuse(&search);
}
