/* SPDX-License-Identifier: MIT */
#include "rows_json.h"

#include "alike.h"
#include "alloc.h"
#include "json.h"

#include <assert.h>
#include <stdlib.h>

/* What is to be said. */
struct rows_json {
    const struct lines *lines;
    const struct lines_row *const *rows;
    size_t count;
    const struct positions *positions;
    struct alike alike; /* all zero: each row is told for itself */
};

/* Numbers that stand beside each other. */
struct numbers {
    int64_t list[COLUMNS];
    size_t count;
};

static_assert((int)COLUMNS <= (int)JSON_NUMBERS, "a row's are written at once");

static void write_collected(struct json *json, struct numbers *numbers) {
    if (numbers->count > 0)
        json_all_signed(json, numbers->list, numbers->count);
    numbers->count = 0;
}

static void collect(struct numbers *numbers, enum column_id id, const struct lines_row *row) {
    numbers->list[numbers->count++] = columns_table[id].value(row);
}

static void collect_all(struct numbers *numbers, enum columns_use use,
                        const struct lines_row *row) {
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        collect(numbers, *id, row);
}

static void write_kind(struct json *json, const struct lines *lines, const struct lines_row *row,
                       enum figures_kind kind) {
    const struct lines_row of_kind = lines_of_kind(row, kind);
    struct numbers numbers = {.count = 0};
    collect_all(&numbers, COLUMNS_OF_KIND, &of_kind);
    if (lines->turnover_known)
        collect_all(&numbers, COLUMNS_TURNOVER, &of_kind);
    json_member_array(json, lines_kind_name(kind));
    write_collected(json, &numbers);
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

/* In the place of a line: those of the row and of all that are like it. */
static void write_lines(struct json *json, const struct rows_json *said, size_t row) {
    json_begin_array(json);
    for (size_t i = row; i != ALIKE_NONE; i = said->alike.next[i])
        json_signed(json, positions_line_to_client(said->positions, said->rows[i]->line));
    json_end_array(json);
}

static void write_row(struct json *json, const struct rows_json *said, size_t i) {
    const struct lines_row *row = said->rows[i];
    bool several = said->alike.next != NULL && said->alike.next[i] != ALIKE_NONE;
    const enum column_id *id = columns_for(rows_json_columns(said->lines));
    struct numbers numbers = {.count = 0};
    json_begin_array(json);
    for (; *id != COLUMN_NONE; id++) {
        if (*id == COLUMN_LINE && several) {
            write_lines(json, said, i);
        } else if (*id == COLUMN_LINE) {
            numbers.list[numbers.count++] = positions_line_to_client(said->positions, row->line);
        } else if (*id == COLUMN_KINDS) {
            write_collected(json, &numbers);
            write_kinds(json, said->lines, row);
        } else {
            collect(&numbers, *id, row);
        }
    }
    if (said->lines->turnover_known)
        collect_all(&numbers, COLUMNS_TURNOVER, row);
    if (said->lines->stacks != 0)
        collect_all(&numbers, COLUMNS_WITH_CALLEES, row);
    write_collected(json, &numbers);
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
