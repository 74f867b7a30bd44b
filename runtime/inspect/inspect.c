/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct inspect_request *const topics[] = {
    stack_requests,       scopes_requests,    variables_requests, evaluate_requests,
    source_requests,      terminate_requests, exception_requests, assign_requests,
    completions_requests, bytes_requests,     retainers_requests, heap_snapshot_requests,
    largest_requests,
};

const struct inspect_request *inspect_find(const char *command) {
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        for (const struct inspect_request *row = topics[i]; row->command != NULL; row++)
            if (strcmp(row->command, command) == 0)
                return row;
    return NULL;
}

/* What was cut may end in the middle of a character. */
static void trim(char *text) {
    size_t size = strlen(text);
    while (!text_valid(text, size))
        text[--size] = '\0';
}

void *inspect_refuse(struct inspect_problem *problem, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(problem->text, sizeof problem->text, format, arguments);
    va_end(arguments);
    trim(problem->text);
    return NULL;
}

void inspect_add_text(cJSON *object, const char *name, const char *bytes, size_t size) {
    char *text = text_escape(bytes, size);
    if (text != NULL)
        cJSON_AddStringToObject(object, name, text);
    free(text);
}
