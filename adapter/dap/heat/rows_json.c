/* SPDX-License-Identifier: MIT */
#include "rows_json.h"

#include "alike.h"
#include "alloc.h"
#include "json.h"

#include <stdlib.h>

/* What is to be said. */
struct rows_json {
    const struct lines *lines;
    const struct lines_row *const *rows;
    size_t count;
    const struct positions *positions;
    struct alike alike; /* all zero: each row is told for itself */
};

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

/* Its line; an array of them, if the rows behind it are alike. */
static void write_lines(struct json *json, const struct rows_json *said, size_t row) {
    bool several = said->alike.next != NULL && said->alike.next[row] != ALIKE_NONE;
    if (several)
        json_begin_array(json);
    for (size_t i = row; i != ALIKE_NONE; i = several ? said->alike.next[i] : ALIKE_NONE)
        json_signed(json, positions_line_to_client(said->positions, said->rows[i]->line));
    if (several)
        json_end_array(json);
}

static void write_row(struct json *json, const struct rows_json *said, size_t i) {
    const struct lines *lines = said->lines;
    const struct lines_row *row = said->rows[i];
    json_begin_array(json);
    for (const enum column_id *id = columns_for(rows_json_columns(lines)); *id != COLUMN_NONE; id++)
        if (*id == COLUMN_KINDS)
            write_kinds(json, lines, row);
        else if (*id == COLUMN_LINE)
            write_lines(json, said, i);
        else
            json_signed(json, columns_table[*id].value(row));
    if (lines->turnover_known)
        write_numbers(json, COLUMNS_TURNOVER, row);
    json_end_array(json);
}

static cJSON *write_rows(const struct rows_json *said) {
    char *text = NULL;
    size_t size;
    struct json json;
    FILE *file = alloc_checked(open_memstream(&text, &size));
    json_begin(&json, file);
    json_begin_array(&json);
    for (size_t i = 0; i < said->count; i++)
        if (said->alike.leads == NULL || said->alike.leads[i])
            write_row(&json, said, i);
    json_end_array(&json);
    if (json_finish(&json) != 0 || fclose(file) != 0)
        alloc_checked(NULL);
    cJSON *array = alloc_checked(cJSON_CreateRaw(text));
    free(text);
    return array;
}

cJSON *rows_json(const struct lines *lines, const struct lines_row *const *rows, size_t count,
                 const struct positions *positions) {
    return write_rows(&(struct rows_json){lines, rows, count, positions, {0}});
}

cJSON *rows_json_together(const struct lines *lines, const struct lines_row *const *rows,
                          size_t count, const struct positions *positions) {
    struct rows_json said = {lines, rows, count, positions, {0}};
    alike_find(&said.alike, rows, count);
    cJSON *array = write_rows(&said);
    alike_finish(&said.alike);
    return array;
}
