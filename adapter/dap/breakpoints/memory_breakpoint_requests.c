/* SPDX-License-Identifier: MIT */
/*
 * memory breakpoints: luaheat/memoryBreakpoints, lines that stop the program when they grow by more
 * than a figure since it last went on.
 */
#include "alloc.h"
#include "configuration.h"
#include "contract_check.h"
#include "memory_answer.h"
#include "program.h"
#include "request_tables.h"
#include "source_line.h"

/* ---- what is asked ---- */

static cJSON *read_one(struct arguments *arguments, const cJSON *item) {
    struct arguments one = arguments_of(item);
    cJSON *read = source_line_read(&one);
    cJSON_AddNumberToObject(read, "growth",
                            (double)arguments_required_bytes(&one, "growth", 0, "100KB"));
    if (one.problem != NULL)
        arguments_reject(arguments, "In 'breakpoints': %s", one.problem);
    arguments_finish(&one);
    return read;
}

static cJSON *read_all(struct arguments *arguments) {
    cJSON *asked = alloc_checked(cJSON_CreateObject());
    cJSON *list = cJSON_AddArrayToObject(asked, "breakpoints");
    const cJSON *item, *items = arguments_array(arguments, "breakpoints");
    if (items == NULL)
        arguments_reject(arguments, "'breakpoints' is missing");
    cJSON_ArrayForEach(item, items) {
        if (cJSON_IsObject(item))
            cJSON_AddItemToArray(list, read_one(arguments, item));
        else
            arguments_reject(arguments, "'breakpoints' must hold objects, not %s",
                             contract_type_of(item));
    }
    return asked;
}

static void set_memory_breakpoints(struct request *request) {
    struct program *program = request->program;
    cJSON *asked = read_all(&request->arguments);
    if (request->arguments.problem != NULL) {
        cJSON_Delete(asked);
        return;
    }
    cJSON_Delete(request->configuration->memory_breakpoints);
    request->configuration->memory_breakpoints = asked;
    if (program_can_be_asked(program))
        program_tell(program, "setMemoryBreakpoints", alloc_checked(cJSON_Duplicate(asked, true)));
    memory_answer(request, "breakpoints",
                  cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(asked, "breakpoints")));
}

const struct request_entry memory_breakpoint_requests[] = {
    {"luaheat/memoryBreakpoints",
     STATE_INITIALIZED,
     set_memory_breakpoints,
     {"luaheat/memoryBreakpoints"}},
    {NULL},
};
