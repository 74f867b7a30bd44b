/* SPDX-License-Identifier: MIT */
#include "report_table.h"

#include "report_row.h"
#include "source_text.h"
#include "table.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct printing {
    const struct report *report;
    const struct lines_row **rows; /* those to show: source lines, then the others */
    size_t lines, others;
    size_t hidden; /* source lines that `top` leaves out */
    int64_t hidden_growth, hottest;
    enum column_id columns[TABLE_NUMBERS];
    const char *titles[TABLE_NUMBERS];
    int hot; /* which of them the heat follows */
    struct table table;
};

/* ---- which columns ---- */

static int add_column(struct printing *printing, enum column_id id) {
    int at = printing->table.numbers++;
    assert(at < TABLE_NUMBERS);
    printing->columns[at] = id;
    printing->titles[at] = columns_table[id].title;
    return at;
}

/* The one that the lines are sorted by as well. */
static void choose_columns(struct printing *printing) {
    enum column_id sort = printing->report->sort;
    enum column_id hot = sort == COLUMN_LINE ? COLUMN_GROWTH : sort;
    printing->hot = -1;
    for (const enum column_id *id = columns_for(COLUMNS_IN_TABLE); *id != COLUMN_NONE; id++) {
        int at = add_column(printing, *id);
        if (*id == hot)
            printing->hot = at;
    }
    if (printing->hot < 0)
        printing->hot = add_column(printing, hot);
    if (hot == COLUMN_WITH_CALLEES && printing->report->lines->stacks != STACKS_ALL)
        add_column(printing, COLUMN_WITH_CALLEES_ERROR);
    printing->table.titles = printing->titles;
}

static int64_t figure(const struct printing *printing, const struct lines_row *row, int number) {
    return columns_table[printing->columns[number]].value(row);
}

/* ---- which rows ---- */

static void pick_line(struct printing *printing, const struct lines_row *row) {
    int64_t heat = figure(printing, row, printing->hot);
    if (heat > printing->hottest)
        printing->hottest = heat;
    if (printing->report->top == 0 || printing->lines < printing->report->top) {
        printing->rows[printing->lines++] = row;
    } else {
        printing->hidden++;
        printing->hidden_growth = lines_sum(printing->hidden_growth, row->growth);
    }
}

/* What did nothing itself is told if what is asked for is what others did for it. */
static bool is_shown(const struct printing *printing, const struct lines_row *row) {
    return report_row_is_line(row) &&
           (row->allocations != 0 || printing->report->sort == COLUMN_WITH_CALLEES);
}

static int pick_rows(struct printing *printing) {
    const struct lines *lines = printing->report->lines;
    printing->rows = calloc(lines->count + 1, sizeof *printing->rows);
    if (printing->rows == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < lines->count; i++)
        if (is_shown(printing, &lines->rows[i]))
            pick_line(printing, &lines->rows[i]);
    for (size_t i = 0; i < lines->count; i++)
        if (!report_row_is_line(&lines->rows[i]))
            printing->rows[printing->lines + printing->others++] = &lines->rows[i];
    return 0;
}

/* ---- what stands in them ---- */

static const char *number_style(const struct printing *printing, const struct lines_row *row,
                                int number, int level) {
    if (!report_row_is_line(row) || figure(printing, row, number) == 0)
        return TABLE_DIM;
    return number == printing->hot ? table_heat_style(level) : "";
}

static void fill_number(const struct printing *printing, struct table_number *shown,
                        const struct lines_row *row, int number, int level) {
    shown->style = number_style(printing, row, number, level);
    int64_t value = figure(printing, row, number);
    if (columns_table[printing->columns[number]].unit == COLUMN_COUNT)
        units_count(shown->text, (uint64_t)value);
    else
        units_bytes(shown->text, value);
}

static int fill_row(const struct printing *printing, struct table_row *shown,
                    const struct lines_row *row, struct source_text *sources) {
    bool line = report_row_is_line(row);
    int level = line ? table_heat(figure(printing, row, printing->hot), printing->hottest) : 0;
    for (int i = 0; i < printing->table.numbers; i++)
        fill_number(printing, &shown->numbers[i], row, i, level);
    shown->mark = table_heat_shape(level);
    shown->mark_style = table_heat_style(level);
    shown->style = line ? "" : TABLE_DIM;
    shown->place = report_row_place(printing->report->figures, row, printing->table.screen);
    shown->text = report_row_text(printing->report->figures, row, sources);
    return shown->place != NULL && shown->text != NULL ? 0 : -ENOMEM;
}

static int fill_rows(struct printing *printing) {
    struct source_text sources = {0};
    int error = table_init(&printing->table, printing->lines + printing->others);
    for (size_t i = 0; error == 0 && i < printing->table.count; i++)
        error = fill_row(printing, &printing->table.rows[i], printing->rows[i], &sources);
    source_text_finish(&sources);
    return error;
}

/* ---- printing ---- */

static void print_head(const struct printing *printing) {
    const struct table *table = &printing->table;
    table_print(table, TABLE_BOLD, "Memory of each line", 0);
    fputs(", ", table->file);
    table_print(table, "", columns_table[printing->report->sort].order, 0);
    table_print(table, TABLE_DIM, " (bytes)", 0);
    fputs("\n\n", table->file);
    table_print_titles(table, printing->report->sort != COLUMN_LINE ? printing->hot : -1);
}

static void print_hidden(const struct printing *printing) {
    char growth[UNITS_ROOM];
    units_bytes(growth, printing->hidden_growth);
    table_print_hidden(&printing->table, printing->hidden, "a growth of", growth);
}

/* The sum of all lines beside Lua's own count: that they agree is what makes the figures exact. */
static void print_collector(const struct printing *printing) {
    const struct lines *lines = printing->report->lines;
    const struct table *table = &printing->table;
    char more[UNITS_ROOM];
    if (lines->collector == 0)
        return;
    if (lines_uncounted(lines) == 0) {
        table_print(table, TABLE_DIM, ", the same as Lua's own count", 0);
        return;
    }
    units_exact_signed(more, lines_uncounted(lines));
    fputs(", ", table->file);
    table_print(table, TABLE_BOLD, more, 0);
    fputs(" of them beside Lua's own count", table->file);
}

static void print_heap(const struct printing *printing) {
    const struct table *table = &printing->table;
    char live[UNITS_ROOM], peak[UNITS_ROOM];
    units_exact(live, printing->report->lines->live);
    units_exact(peak, printing->report->lines->peak);
    fputs("\nHeap: ", table->file);
    table_print(table, TABLE_BOLD, live, 0);
    fputs(" bytes at the end", table->file);
    print_collector(printing);
    fputs("; ", table->file);
    table_print(table, TABLE_BOLD, peak, 0);
    fputs(" at its peak\n", table->file);
}

static void print_all(const struct printing *printing) {
    print_head(printing);
    for (size_t i = 0; i < printing->lines; i++)
        table_print_row(&printing->table, &printing->table.rows[i]);
    if (printing->hidden > 0)
        print_hidden(printing);
    if (printing->lines > 0)
        putc('\n', printing->table.file);
    for (size_t i = 0; i < printing->others; i++)
        table_print_row(&printing->table, &printing->table.rows[printing->lines + i]);
    print_heap(printing);
}

int report_table(FILE *file, const struct report *report, const struct screen *screen) {
    struct printing printing = {.report = report, .table = {.file = file, .screen = screen}};
    choose_columns(&printing);
    int error = pick_rows(&printing);
    if (error == 0)
        error = fill_rows(&printing);
    if (error == 0)
        error = report_findings(file, report->figures, &report->measuring, screen);
    if (error == 0) {
        table_fit(&printing.table);
        print_all(&printing);
        error = report_callees_table(file, report, screen);
    }
    if (error == 0)
        error = report_measured_table(file, report->figures, &report->measuring, screen);
    if (error == 0 && report->answers.why != NULL)
        error = report_why(file, report->answers.why, screen);
    if (error == 0 && report->answers.largest != NULL)
        error = report_largest(file, report->answers.largest, screen);
    table_finish(&printing.table);
    free(printing.rows);
    return error;
}
