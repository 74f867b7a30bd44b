/* SPDX-License-Identifier: MIT */
#include "diff_report.h"

#include "flushed.h"
#include "table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CHANGE, BEFORE, AFTER, SECOND, THIRD, NUMBERS };

struct printing {
    const struct diff_report *report;
    enum column_id figures[NUMBERS]; /* what each column shows: one in full, of two the change */
    const char *titles[NUMBERS];
    const struct comparison_row **rows; /* those to show: lines, then the others */
    size_t lines, others;
    size_t hidden, same; /* lines that `top` leaves out, and that did not change */
    int64_t hidden_change, largest;
    struct table table;
};

static int64_t change(const struct printing *printing, const struct comparison_row *row) {
    return comparison_change(row, printing->figures[CHANGE]);
}

/* ---- which columns ---- */

/* The figure sorted by, and the first two others of those that stand beside it. */
static void choose_columns(struct printing *printing) {
    static const char *const titles[] = {"change", "before", "after"};
    enum column_id sort = printing->report->sort;
    enum column_id shown = sort == COLUMN_LINE ? COLUMN_GROWTH : sort;
    for (int i = CHANGE; i <= AFTER; i++) {
        printing->figures[i] = shown;
        printing->titles[i] = titles[i];
    }
    const enum column_id *beside = columns_for(COLUMNS_COMPARED);
    for (int i = SECOND; i < NUMBERS; beside++)
        if (*beside != shown) {
            printing->figures[i] = *beside;
            printing->titles[i++] = columns_table[*beside].title;
        }
}

/* ---- which rows ---- */

static void pick_line(struct printing *printing, const struct comparison_row *row) {
    int64_t rise = change(printing, row);
    if (rise > printing->largest)
        printing->largest = rise;
    if (printing->report->top == 0 || printing->lines < printing->report->top) {
        printing->rows[printing->lines++] = row;
    } else {
        printing->hidden++;
        printing->hidden_change += rise;
    }
}

static int pick_rows(struct printing *printing) {
    const struct comparison *comparison = printing->report->comparison;
    printing->rows = calloc(comparison->count + 1, sizeof *printing->rows);
    if (printing->rows == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct comparison_row *row = &comparison->rows[i];
        if (!comparison_changed(comparison, row))
            printing->same += comparison_is_line(row);
        else if (comparison_is_line(row))
            pick_line(printing, row);
    }
    for (size_t i = 0; i < comparison->count; i++) {
        const struct comparison_row *row = &comparison->rows[i];
        if (comparison_changed(comparison, row) && !comparison_is_line(row))
            printing->rows[printing->lines + printing->others++] = row;
    }
    return 0;
}

/* ---- what stands in them ---- */

static const char *remark(const struct comparison_row *row, char text[32]) {
    switch (comparison_state(row)) {
    case COMPARISON_MOVED:
        snprintf(text, 32, " (was %" PRIu32 ")", row->before.line->line);
        return text;
    case COMPARISON_NEW:
        return " (new)";
    case COMPARISON_GONE:
        return " (gone)";
    case COMPARISON_SAME:
        break;
    }
    return "";
}

/* "src/main.lua:12 (was 9)" or "(startup)" */
static char *place_of(const struct printing *printing, const struct comparison_row *row) {
    const struct comparison_side *place = comparison_place(row);
    char line[16] = "", text[32], *whole;
    if (comparison_is_line(row))
        snprintf(line, sizeof line, place->line->line > 0 ? ":%" PRIu32 : ":?", place->line->line);
    if (asprintf(&whole, "%s%s%s",
                 screen_path(printing->table.screen, comparison_file(row)->source), line,
                 comparison_is_line(row) ? remark(row, text) : "") < 0)
        return NULL;
    char *safe = screen_escape(whole, strlen(whole));
    free(whole);
    return safe;
}

static char *text_of(const struct comparison_row *row) {
    const char *text = comparison_place(row)->line->text;
    return screen_escape(text != NULL ? text : "", text != NULL ? strlen(text) : 0);
}

static const char fallen[] = "32";

static const char *mark_of(int64_t rise) {
    if (rise == 0)
        return " ";
    return rise > 0 ? "▲" : "▼";
}

/* Of what rose or fell so much. */
static const char *style_of(const struct printing *printing, const struct comparison_row *row) {
    int64_t rise = change(printing, row);
    if (!comparison_is_line(row) || rise == 0)
        return rise == 0 ? TABLE_DIM : "";
    return rise < 0 ? fallen : table_heat_style(table_heat(rise, printing->largest));
}

static int64_t number_of(const struct printing *printing, const struct comparison_row *row,
                         int number) {
    if (number == BEFORE)
        return comparison_figure(&row->before, printing->figures[number]);
    if (number == AFTER)
        return comparison_figure(&row->after, printing->figures[number]);
    return comparison_change(row, printing->figures[number]);
}

static void write_number(char text[UNITS_ROOM], int64_t value, bool counts, bool change) {
    if (change)
        (counts ? units_count_change : units_bytes_change)(text, value);
    else if (counts)
        units_count(text, (uint64_t)value);
    else
        units_bytes(text, value);
}

static void fill_number(const struct printing *printing, struct table_number *shown,
                        const struct comparison_row *row, int number) {
    int64_t value = number_of(printing, row, number);
    bool counts = columns_table[printing->figures[number]].unit == COLUMN_COUNT;
    write_number(shown->text, value, counts, number != BEFORE && number != AFTER);
    shown->style = value == 0 ? TABLE_DIM : "";
    if (number == CHANGE)
        shown->style = style_of(printing, row);
}

static int fill_row(const struct printing *printing, struct table_row *shown,
                    const struct comparison_row *row) {
    for (int i = 0; i < NUMBERS; i++)
        fill_number(printing, &shown->numbers[i], row, i);
    shown->mark = mark_of(change(printing, row));
    shown->mark_style = style_of(printing, row);
    shown->style = comparison_is_line(row) ? "" : TABLE_DIM;
    shown->place = place_of(printing, row);
    shown->text = text_of(row);
    return shown->place != NULL && shown->text != NULL ? 0 : -ENOMEM;
}

static int fill_rows(struct printing *printing) {
    int error = table_init(&printing->table, printing->lines + printing->others);
    for (size_t i = 0; error == 0 && i < printing->table.count; i++)
        error = fill_row(printing, &printing->table.rows[i], printing->rows[i]);
    return error;
}

/* ---- printing ---- */

static void print_head(const struct printing *printing) {
    const struct table *table = &printing->table;
    enum column_id figure = printing->figures[CHANGE];
    table_print(table, TABLE_BOLD, "Change of each line's ", 0);
    table_print(table, TABLE_BOLD, columns_table[figure].change, 0);
    table_print(table, "", printing->report->sort == COLUMN_LINE ? ", in source order" : "", 0);
    table_print(table, TABLE_DIM, columns_table[figure].unit == COLUMN_COUNT ? "" : " (bytes)", 0);
    fputs("\n\n", table->file);
    if (table->count > 0)
        table_print_titles(table, CHANGE);
}

static void print_hidden(const struct printing *printing) {
    char rise[UNITS_ROOM];
    units_bytes_change(rise, printing->hidden_change);
    table_print_hidden(&printing->table, printing->hidden, "a change of", rise);
}

static void print_same(const struct printing *printing) {
    char count[UNITS_ROOM], text[80];
    units_exact(count, printing->same);
    snprintf(text, sizeof text, "%s line%s did not change", count, printing->same == 1 ? "" : "s");
    table_print(&printing->table, TABLE_DIM, text, 0);
    putc('\n', printing->table.file);
}

static void print_heap(const struct table *table, const char *when, int64_t before, int64_t after) {
    char from[UNITS_ROOM], to[UNITS_ROOM], rise[UNITS_ROOM];
    units_exact_signed(from, before);
    units_exact_signed(to, after);
    units_exact_change(rise, after - before);
    fprintf(table->file, "Heap at %s: %s bytes, before %s; change ", when, to, from);
    table_print(table, TABLE_BOLD, rise, 0);
    putc('\n', table->file);
}

static void print_all(const struct printing *printing) {
    const struct table *table = &printing->table;
    const struct comparison *comparison = printing->report->comparison;
    print_head(printing);
    for (size_t i = 0; i < printing->lines; i++)
        table_print_row(table, &table->rows[i]);
    if (printing->hidden > 0)
        print_hidden(printing);
    print_same(printing);
    putc('\n', table->file);
    for (size_t i = 0; i < printing->others; i++)
        table_print_row(table, &table->rows[printing->lines + i]);
    if (printing->others > 0)
        putc('\n', table->file);
    print_heap(table, "the end", comparison->before->live, comparison->after->live);
    print_heap(table, "its peak", comparison->before->peak, comparison->after->peak);
}

int diff_table(FILE *file, const struct diff_report *report, const struct screen *screen) {
    struct printing printing = {.report = report,
                                .table = {.file = file, .screen = screen, .numbers = NUMBERS}};
    choose_columns(&printing);
    printing.table.titles = printing.titles;
    int error = pick_rows(&printing);
    if (error == 0)
        error = fill_rows(&printing);
    if (error == 0) {
        table_fit(&printing.table);
        print_all(&printing);
        error = flushed(file);
    }
    table_finish(&printing.table);
    free(printing.rows);
    return error;
}
