/* SPDX-License-Identifier: MIT */
/*
 * What the table of lines does not tell: lines that allocate little themselves, and much in the
 * calls that they make.
 */
#include "report_row.h"
#include "report_table.h"
#include "sort.h"
#include "source_text.h"
#include "table.h"

#include <errno.h>
#include <stdlib.h>

/* So many of them, if each is at least one part in so many of all, and known half as well. */
enum { MOST_ROWS = 10, LEAST_SHARE = 10, LEAST_SURE = 2 };

struct telling {
    const struct report *report;
    const struct lines_row **rows;
    size_t count;
    int64_t all; /* that was allocated */
    struct table table;
};

static int64_t of(const struct lines_row *row, enum column_id id) {
    return columns_table[id].value(row);
}

/* ---- which lines ---- */

static bool is_told(const struct telling *telling, const struct lines_row *row) {
    int64_t with = of(row, COLUMN_WITH_CALLEES);
    return report_row_is_line(row) && of(row, COLUMN_ALLOCATED) <= with / 2 &&
           with >= telling->all / LEAST_SHARE &&
           of(row, COLUMN_WITH_CALLEES_ERROR) <= with / LEAST_SURE;
}

static int compare(const void *left, const void *right, void *data) {
    const struct lines_row *a = *(const struct lines_row *const *)left;
    const struct lines_row *b = *(const struct lines_row *const *)right;
    int64_t first = of(a, COLUMN_WITH_CALLEES), second = of(b, COLUMN_WITH_CALLEES);
    if (first != second)
        return first < second ? 1 : -1;
    return (a->site > b->site) - (a->site < b->site);
}

static int pick_rows(struct telling *telling) {
    const struct lines *lines = telling->report->lines;
    telling->rows = calloc(lines->count + 1, sizeof *telling->rows);
    if (telling->rows == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < lines->count; i++)
        telling->all = lines_sum(telling->all, of(&lines->rows[i], COLUMN_ALLOCATED));
    for (size_t i = 0; i < lines->count; i++)
        if (is_told(telling, &lines->rows[i]))
            telling->rows[telling->count++] = &lines->rows[i];
    sort(telling->rows, telling->count, sizeof *telling->rows, compare, NULL);
    if (telling->count > MOST_ROWS)
        telling->count = MOST_ROWS;
    return 0;
}

/* ---- what stands in them ---- */

static const char *const titles[] = {"of all", "with callees", "own", "±"};

static int fill_row(const struct telling *telling, struct table_row *shown,
                    const struct lines_row *row, struct source_text *sources) {
    const struct figures *figures = telling->report->figures;
    int64_t with = of(row, COLUMN_WITH_CALLEES);
    int64_t percent = telling->all > 0 ? (int64_t)(100.0 * (double)with / (double)telling->all) : 0;
    int level = table_heat(with, telling->all);
    snprintf(shown->numbers[0].text, UNITS_ROOM, "%d %%", percent < 100 ? (int)percent : 100);
    units_bytes(shown->numbers[1].text, with);
    units_bytes(shown->numbers[2].text, of(row, COLUMN_ALLOCATED));
    units_bytes(shown->numbers[3].text, of(row, COLUMN_WITH_CALLEES_ERROR));
    for (int i = 0; i < telling->table.numbers; i++)
        shown->numbers[i].style = i == 1 ? table_heat_style(level) : "";
    shown->mark = table_heat_shape(level);
    shown->mark_style = table_heat_style(level);
    shown->style = "";
    shown->place = report_row_place(figures, row, telling->table.screen);
    shown->text = report_row_text(figures, row, sources);
    return shown->place != NULL && shown->text != NULL ? 0 : -ENOMEM;
}

static int fill_rows(struct telling *telling) {
    struct source_text sources = {0};
    int error = table_init(&telling->table, telling->count);
    for (size_t i = 0; error == 0 && i < telling->count; i++)
        error = fill_row(telling, &telling->table.rows[i], telling->rows[i], &sources);
    source_text_finish(&sources);
    return error;
}

/* ---- printing ---- */

static void print_head(const struct telling *telling) {
    const struct table *table = &telling->table;
    char samples[UNITS_ROOM];
    units_exact(samples, telling->report->lines->samples);
    putc('\n', table->file);
    table_print(table, TABLE_BOLD, "Allocated with callees", 0);
    fputs(", what happened in the calls of a line", table->file);
    table_print(table, TABLE_DIM, " (bytes; ", 0);
    if (telling->report->lines->stacks != STACKS_ALL) {
        table_print(table, TABLE_DIM, "estimates from ", 0);
        table_print(table, TABLE_DIM, samples, 0);
        table_print(table, TABLE_DIM, " samples, 95 of 100 within ±)\n\n", 0);
    } else {
        table_print(table, TABLE_DIM, "exact)\n\n", 0);
    }
}

static void print_all(const struct telling *telling) {
    print_head(telling);
    table_print_titles(&telling->table, 1);
    for (size_t i = 0; i < telling->count; i++)
        table_print_row(&telling->table, &telling->table.rows[i]);
}

int report_callees_table(FILE *file, const struct report *report, const struct screen *screen) {
    struct telling telling = {
        .report = report,
        .table = {.file = file,
                  .screen = screen,
                  .titles = titles,
                  .numbers = report->lines->stacks != STACKS_ALL ? 4 : 3},
    };
    bool told = report->lines->stacks == 0 || report->sort == COLUMN_WITH_CALLEES;
    int error = told ? 0 : pick_rows(&telling);
    if (error == 0 && telling.count > 0)
        error = fill_rows(&telling);
    if (error == 0 && telling.count > 0) {
        table_fit(&telling.table);
        print_all(&telling);
    }
    table_finish(&telling.table);
    free(telling.rows);
    return error;
}
