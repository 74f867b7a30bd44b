/* SPDX-License-Identifier: MIT */
#include "rows_json.h"

#include "alike.h"
#include "alloc.h"
#include "array.h"
#include "digits.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What is to be said, and what was said so far. */
struct rows_json {
    const struct lines *lines;
    const struct lines_row *const *rows;
    size_t count;
    const struct positions *positions;
    struct alike alike;       /* all zero: each row is told for itself */
    struct lines_row of_kind; /* lines_of_kind() */
    ARRAY(char) text;
    const struct lines_row *last; /* that was written, and where its figures are in the text */
    size_t last_at, last_size;
};

enum {
    NUMBER_BYTES = DIGITS_BYTES + 1, /* and a comma, or what ends the array */
    NAME_BYTES = 16,                 /* "userdata":[ */
    KIND_BYTES = NAME_BYTES + (int)COLUMNS * NUMBER_BYTES,
    ROW_BYTES = ((int)COLUMNS + 2) * NUMBER_BYTES + (int)FIGURES_KINDS * KIND_BYTES
};

/* Room for it is made once for each row, and once more for each line that is like it. */
static char *begin_writing(struct rows_json *said, size_t bytes) {
    alloc_reserve(&said->text, bytes);
    assert(said->text.items != NULL);
    return said->text.items + said->text.count;
}

static void end_writing(struct rows_json *said, const char *at) {
    said->text.count = (size_t)(at - said->text.items);
    assert(said->text.count <= said->text.room);
}

/* ---- pieces: each goes on behind `at`, elements with a comma behind them ---- */

static char *write_number(char *at, int64_t number) {
    at = digits_write(at, number);
    *at++ = ',';
    return at;
}

static char *write_numbers(char *at, enum columns_use use, const struct lines_row *row) {
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        at = write_number(at, columns_table[*id].value(row));
    return at;
}

/* In the place of the last comma, if there is one. */
static char *write_end(char *at, char bracket) {
    if (at[-1] == ',')
        at--;
    *at++ = bracket;
    return at;
}

static char *write_kind(struct rows_json *said, char *at, const struct lines_row *row,
                        enum figures_kind kind) {
    const char *name = lines_kind_name(kind);
    size_t size = strlen(name);
    assert(size + 4 <= NAME_BYTES);
    lines_of_kind(&said->of_kind, row, kind);
    *at++ = '"';
    memcpy(at, name, size);
    at += size;
    memcpy(at, "\":[", 3);
    at = write_numbers(at + 3, COLUMNS_OF_KIND, &said->of_kind);
    if (said->lines->turnover_known)
        at = write_numbers(at, COLUMNS_TURNOVER, &said->of_kind);
    at = write_end(at, ']');
    *at++ = ',';
    return at;
}

static char *write_kinds(struct rows_json *said, char *at, const struct lines_row *row) {
    *at++ = '{';
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        if (row->kinds[kind].allocations != 0 || row->kinds[kind].freed != 0 ||
            row->turnovers[kind].survived != 0)
            at = write_kind(said, at, row, (enum figures_kind)kind);
    at = write_end(at, '}');
    *at++ = ',';
    return at;
}

/* ---- rows ---- */

static bool is_several(const struct rows_json *said, size_t row) {
    return said->alike.next != NULL && said->alike.next[row] != ALIKE_NONE;
}

/* In the place of a line: those of the row and of all that are like it. */
static void write_lines(struct rows_json *said, size_t row) {
    char *at = begin_writing(said, 1);
    *at++ = '[';
    end_writing(said, at);
    for (size_t i = row; i != ALIKE_NONE; i = said->alike.next[i]) {
        at = begin_writing(said, NUMBER_BYTES + 2);
        at = write_number(at, positions_line_to_client(said->positions, said->rows[i]->line));
        end_writing(said, at);
    }
    at = write_end(at, ']');
    *at++ = ',';
    end_writing(said, at);
}

static char *write_line(const struct rows_json *said, char *at, const struct lines_row *row) {
    return write_number(at, positions_line_to_client(said->positions, row->line));
}

/* What stands behind the line, which is the first column. */
static char *write_figures(struct rows_json *said, char *at, const struct lines_row *row) {
    const enum column_id *id = columns_for(rows_json_columns(said->lines));
    assert(*id == COLUMN_LINE);
    while (*++id != COLUMN_NONE)
        if (*id == COLUMN_KINDS)
            at = write_kinds(said, at, row);
        else
            at = write_number(at, columns_table[*id].value(row));
    if (said->lines->turnover_known)
        at = write_numbers(at, COLUMNS_TURNOVER, row);
    if (said->lines->stacks != 0)
        at = write_numbers(at, COLUMNS_WITH_CALLEES, row);
    return at;
}

/* So are many that come one behind the other, as rows are sorted by their figures. */
static bool is_like_the_last(const struct rows_json *said, const struct lines_row *row) {
    enum { AT = offsetof(struct lines_row, allocations), BYTES = sizeof *row - AT };
    return said->last != NULL &&
           memcmp((const char *)row + AT, (const char *)said->last + AT, BYTES) == 0;
}

static char *write_figures_or_copy(struct rows_json *said, char *at, const struct lines_row *row) {
    size_t start = (size_t)(at - said->text.items);
    if (is_like_the_last(said, row)) {
        memcpy(at, said->text.items + said->last_at, said->last_size);
        at += said->last_size;
    } else {
        at = write_end(write_figures(said, at, row), ']');
        *at++ = ',';
    }
    said->last = row;
    said->last_at = start;
    said->last_size = (size_t)(at - said->text.items) - start;
    return at;
}

static void write_row(struct rows_json *said, size_t i) {
    char *at = begin_writing(said, ROW_BYTES);
    *at++ = '[';
    if (is_several(said, i)) {
        end_writing(said, at);
        write_lines(said, i);
        at = begin_writing(said, ROW_BYTES);
    } else {
        at = write_line(said, at, said->rows[i]);
    }
    end_writing(said, write_figures_or_copy(said, at, said->rows[i]));
}

/* A value that is written already; the text is its. */
static cJSON *raw(char *text) {
    cJSON *json = alloc_checked(cJSON_CreateNull());
    json->type = cJSON_Raw;
    json->valuestring = text;
    return json;
}

static cJSON *write_rows(struct rows_json *said) {
    char *at = begin_writing(said, 1);
    *at++ = '[';
    end_writing(said, at);
    for (size_t i = 0; i < said->count; i++)
        if (said->alike.leads == NULL || said->alike.leads[i])
            write_row(said, i);
    at = begin_writing(said, 2);
    at = write_end(at, ']');
    *at++ = '\0';
    return raw(alloc_resized(said->text.items, (size_t)(at - said->text.items)));
}

cJSON *rows_json(const struct lines *lines, const struct lines_row *const *rows, size_t count,
                 const struct positions *positions) {
    struct rows_json said = {.lines = lines, .rows = rows, .count = count, .positions = positions};
    return write_rows(&said);
}

cJSON *rows_json_together(const struct lines *lines, const struct lines_row *const *rows,
                          size_t count, const struct positions *positions) {
    struct rows_json said = {.lines = lines, .rows = rows, .count = count, .positions = positions};
    alike_find(&said.alike, rows, count);
    cJSON *array = write_rows(&said);
    alike_finish(&said.alike);
    return array;
}
