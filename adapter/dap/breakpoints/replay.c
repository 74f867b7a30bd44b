/* SPDX-License-Identifier: MIT */
#include "replay.h"

#include "alloc.h"
#include "breakpoint_verdicts.h"
#include "exception_filters.h"
#include "program.h"

#include <stdlib.h>

/* The client hears of places without code. */
static void tell_problems(void *program, struct runtime_reply *reply) {
    const cJSON *problem;
    cJSON_ArrayForEach(problem, cJSON_GetObjectItemCaseSensitive(reply->body, "problems")) {
        char *text = alloc_printed("Measurement %s: %s\n", problem->string, problem->valuestring);
        program_say(program, "console", text);
        free(text);
    }
}

void replay_measurements(const struct configuration *configuration, struct program *program) {
    cJSON *measuring = alloc_checked(cJSON_Duplicate(program->settings->measuring, true));
    cJSON *all = cJSON_GetObjectItemCaseSensitive(measuring, "measurements");
    const cJSON *one;
    const cJSON *of_client = program->heat.on ? configuration->measurements : NULL;
    cJSON_ArrayForEach(one, of_client)
        cJSON_AddItemToArray(all, alloc_checked(cJSON_Duplicate(one, true)));
    runtime_link_send(&program->link, "setMeasuring", measuring, tell_problems, program);
}

void replay_to(const struct configuration *configuration, struct program *program) {
    const cJSON *filters = configuration->exception_filters;
    const cJSON *memory = configuration->memory_breakpoints;
    if (!program_can_be_asked(program))
        return;
    replay_measurements(configuration, program);
    breakpoint_verdicts_ask_again(&configuration->breakpoints, program);
    if (filters != NULL)
        program_tell(program, "setExceptionBreakpoints", exception_filters_for_runtime(filters));
    if (memory != NULL)
        program_tell(program, "setMemoryBreakpoints", alloc_checked(cJSON_Duplicate(memory, true)));
}

void replay_foretell(const struct configuration *configuration, struct client *client) {
    breakpoint_verdicts_foretell(&configuration->breakpoints, client);
}
