/* SPDX-License-Identifier: MIT */
#include "positions.h"

#include <string.h>

static int shift_of(const struct positions *positions, const char *name) {
    if (name == NULL)
        return 0;
    if (strcmp(name, "line") == 0 || strcmp(name, "endLine") == 0)
        return positions->line_shift;
    if (strcmp(name, "column") == 0 || strcmp(name, "endColumn") == 0)
        return positions->column_shift;
    return 0;
}

/* direction: +1 into the adapter, -1 out of it. */
static void shift(const struct positions *positions, cJSON *json, int direction) {
    cJSON *item;
    cJSON_ArrayForEach(item, json) {
        if (cJSON_IsObject(item) || cJSON_IsArray(item))
            shift(positions, item, direction);
        else if (cJSON_IsNumber(item) && (direction > 0 || item->valuedouble >= 1))
            cJSON_SetNumberValue(item,
                                 item->valuedouble + direction * shift_of(positions, item->string));
    }
}

void positions_from_client(const struct positions *positions, cJSON *json) {
    if (positions->line_shift != 0 || positions->column_shift != 0)
        shift(positions, json, +1);
}

void positions_to_client(const struct positions *positions, cJSON *json) {
    if (positions->line_shift != 0 || positions->column_shift != 0)
        shift(positions, json, -1);
}

int64_t positions_line_to_client(const struct positions *positions, int64_t line) {
    return line >= 1 ? line - positions->line_shift : line;
}
