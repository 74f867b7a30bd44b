/* SPDX-License-Identifier: MIT */
#include "memory_variable.h"

#include "alloc.h"
#include "lines_json.h"
#include "program.h"

#include <inttypes.h>

void memory_variable_add(cJSON *list, const char *name, const char *value, int64_t reference) {
    cJSON *variable = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(variable, "name", name);
    cJSON_AddStringToObject(variable, "value", value);
    cJSON_AddNumberToObject(variable, "variablesReference", (double)reference);
    cJSON_AddItemToArray(list, variable);
}

char *memory_variable_place(const struct program *program, const struct lines_row *row) {
    cJSON *source = lines_json_source(program->heat.copy.figures, row);
    const char *name = cJSON_GetObjectItemCaseSensitive(source, "name")->valuestring;
    int64_t line = positions_line_to_client(&program->owner->client->positions, row->line);
    char *text = row->line == 0 ? alloc_text(name) : alloc_printed("%s:%" PRId64, name, line);
    cJSON_Delete(source);
    return text;
}
