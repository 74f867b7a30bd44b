/* SPDX-License-Identifier: MIT */
#include "source_line.h"

#include "alloc.h"

cJSON *source_line_read(struct arguments *arguments) {
    struct arguments source = arguments_of(arguments_object(arguments, "source"));
    cJSON *read = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(read, "path", arguments_required_string(&source, "path"));
    int64_t line = arguments_integer(arguments, "line", 0, 1, ARGUMENTS_MAX_ID);
    cJSON_AddNumberToObject(read, "line", (double)line);
    if (line == 0)
        arguments_reject(arguments, "'line' is missing; it must be a number");
    if (source.problem != NULL)
        arguments_reject(arguments, "%s", source.problem);
    arguments_finish(&source);
    return read;
}
