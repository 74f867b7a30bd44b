/* SPDX-License-Identifier: MIT */
#include "foreseen.h"

#include "alloc.h"
#include "code_lines.h"

#include <stdlib.h>

/* In the words of the runtime. */
static char *describe(int asked, uint32_t line) {
    if (line == 0)
        return alloc_printed("Not set: there is no code at or after line %d", asked);
    if (line != (uint32_t)asked)
        return alloc_printed("Moved to line %d: line %d has no code", (int)line, asked);
    return NULL;
}

static cJSON *foresee(const struct code_lines *code, int wanted) {
    uint32_t line = code_lines_at(code, (uint32_t)wanted);
    char *message = describe(wanted, line);
    cJSON *one = alloc_checked(cJSON_CreateObject());
    cJSON_AddBoolToObject(one, "verified", line != 0);
    cJSON_AddNumberToObject(one, "line", line != 0 ? line : (uint32_t)wanted);
    if (line == 0)
        cJSON_AddStringToObject(one, "reason", "failed");
    if (message != NULL)
        cJSON_AddStringToObject(one, "message", message);
    free(message);
    return one;
}

static cJSON *foresee_all(const struct code_lines *code, const int *lines, size_t count) {
    cJSON *list = alloc_checked(cJSON_CreateArray());
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(list, foresee(code, lines[i]));
    return list;
}

cJSON *foreseen_breakpoints(const char *path, const int *lines, size_t count) {
    char *found = path != NULL && count > 0 ? interpreter_find() : NULL;
    if (found == NULL)
        return NULL;
    struct code_lines code;
    int error = code_lines_read(&code, &(struct interpreter){.path = found}, path);
    cJSON *list = error == 0 && code.problem == NULL ? foresee_all(&code, lines, count) : NULL;
    code_lines_finish(&code);
    free(found);
    return list;
}
