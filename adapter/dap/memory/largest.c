/* SPDX-License-Identifier: MIT */
/*
 * largest: luaheat/largestTables and luaheat/equalStrings, what takes the room in the heap. The
 * runtime walks it.
 */
#include "program.h"
#include "request_tables.h"

#include <string.h>

static bool read_limit(struct arguments *arguments) {
    arguments_integer(arguments, "limit", 0, 0, ARGUMENTS_MAX_ID);
    return arguments->problem == NULL;
}

static void largest_tables(struct request *request) {
    struct arguments *arguments = &request->arguments;
    const char *sort = arguments_string(arguments, "sort", "retained");
    if (strcmp(sort, "retained") != 0 && strcmp(sort, "bytes") != 0)
        arguments_reject(arguments, "'sort' must be retained or bytes");
    if (!read_limit(arguments))
        return;
    if (request->program->heat.on)
        program_forward(request);
    else
        heat_map_refuse(request);
}

/* Strings tell themselves how big they are. */
static void equal_strings(struct request *request) {
    if (read_limit(&request->arguments))
        program_forward(request);
}

const struct request_entry largest_requests[] = {
    {"luaheat/largestTables", STATE_STOPPED, largest_tables, {"luaheat/largestTables"}},
    {"luaheat/equalStrings", STATE_STOPPED, equal_strings, {"luaheat/equalStrings"}},
    {NULL},
};
