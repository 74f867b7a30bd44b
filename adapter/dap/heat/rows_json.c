/* SPDX-License-Identifier: MIT */
#include "rows_json.h"

#include "alloc.h"
#include "json.h"

#include <stdlib.h>

static void write_numbers(struct json *json, enum columns_use use, const struct lines_row *row) {
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        json_signed(json, columns_table[*id].value(row));
}

static void write_kind(struct json *json, const struct lines *lines, const struct lines_row *row,
                       enum figures_kind kind) {
    const struct lines_row of_kind = lines_of_kind(row, kind);
    json_member_array(json, lines_kind_name(kind));
    write_numbers(json, COLUMNS_OF_KIND, &of_kind);
    if (lines->turnover_known)
        write_numbers(json, COLUMNS_TURNOVER, &of_kind);
    json_end_array(json);
}

static void write_kinds(struct json *json, const struct lines *lines, const struct lines_row *row) {
    json_begin_object(json);
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        if (row->kinds[kind].allocations != 0 || row->kinds[kind].freed != 0 ||
            row->turnovers[kind].survived != 0)
            write_kind(json, lines, row, (enum figures_kind)kind);
    json_end_object(json);
}

static void write_row(struct json *json, const struct lines *lines, const struct lines_row *row,
                      const struct positions *positions) {
    json_begin_array(json);
    for (const enum column_id *id = columns_for(rows_json_columns(lines)); *id != COLUMN_NONE; id++)
        if (*id == COLUMN_KINDS)
            write_kinds(json, lines, row);
        else if (*id == COLUMN_LINE)
            json_signed(json, positions_line_to_client(positions, row->line));
        else
            json_signed(json, columns_table[*id].value(row));
    if (lines->turnover_known)
        write_numbers(json, COLUMNS_TURNOVER, row);
    json_end_array(json);
}

cJSON *rows_json(const struct lines *lines, const struct lines_row *const *rows, size_t count,
                 const struct positions *positions) {
    char *text = NULL;
    size_t size;
    struct json json;
    FILE *file = alloc_checked(open_memstream(&text, &size));
    json_begin(&json, file);
    json_begin_array(&json);
    for (size_t i = 0; i < count; i++)
        write_row(&json, lines, rows[i], positions);
    json_end_array(&json);
    if (json_finish(&json) != 0 || fclose(file) != 0)
        alloc_checked(NULL);
    cJSON *array = alloc_checked(cJSON_CreateRaw(text));
    free(text);
    return array;
}
