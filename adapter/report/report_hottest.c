/* SPDX-License-Identifier: MIT */
#include "report_hottest.h"

#include "report_row.h"
#include "source_text.h"
#include "table.h"

#include <errno.h>
#include <inttypes.h>

enum { GROWTH, ALLOCATIONS, LIVE, NUMBERS };

static void fill_numbers(struct table_row *shown, const struct lines_row *row) {
    units_bytes(shown->numbers[GROWTH].text, row->growth);
    units_count(shown->numbers[ALLOCATIONS].text, row->allocations);
    units_bytes(shown->numbers[LIVE].text, (int64_t)row->live);
    for (int i = 0; i < NUMBERS; i++)
        shown->numbers[i].style = "";
}

static int fill_row(struct table_row *shown, const struct figures *figures,
                    const struct lines_row *row, int64_t hottest, const struct screen *screen,
                    struct source_text *sources) {
    int level = table_heat(row->growth, hottest);
    fill_numbers(shown, row);
    shown->mark = table_heat_shape(level);
    shown->mark_style = table_heat_style(level);
    shown->style = "";
    shown->place = report_row_place(figures, row, screen);
    shown->text = report_row_text(figures, row, sources);
    return shown->place != NULL && shown->text != NULL ? 0 : -ENOMEM;
}

static size_t count_grown(const struct lines *lines) {
    size_t count = 0;
    while (count < lines->count && lines->rows[count].growth > 0)
        count++;
    return count;
}

static void print(const struct table *table, size_t hidden) {
    table_print_titles(table, GROWTH);
    for (size_t i = 0; i < table->count; i++)
        table_print_row(table, &table->rows[i]);
    if (hidden > 0)
        fprintf(table->file, "... and %zu more\n", hidden);
}

int report_hottest(FILE *file, const struct figures *figures, const struct lines *lines,
                   size_t most, const struct screen *screen) {
    static const char *const titles[NUMBERS] = {"growth", "allocs", "live"};
    size_t grown = count_grown(lines), count = grown < most ? grown : most;
    struct table table = {.file = file, .screen = screen, .titles = titles, .numbers = NUMBERS};
    struct source_text sources = {0};
    if (count == 0) {
        fputs("No line has grown.\n", file);
        return 0;
    }
    int error = table_init(&table, count);
    for (size_t i = 0; i < count && error == 0; i++)
        error = fill_row(&table.rows[i], figures, &lines->rows[i], lines->rows[0].growth, screen,
                         &sources);
    if (error == 0) {
        table_fit(&table);
        print(&table, grown - count);
    }
    source_text_finish(&sources);
    table_finish(&table);
    return error;
}
