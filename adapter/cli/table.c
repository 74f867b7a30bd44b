/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_COLUMNS = 80, PLACE_COLUMNS = 40, LEAST_PLACE = 14, LEAST_TEXT = 6 };

int table_init(struct table *table, size_t count) {
    table->rows = calloc(count + 1, sizeof *table->rows);
    table->count = table->rows != NULL ? count : 0;
    return table->rows != NULL ? 0 : -ENOMEM;
}

void table_finish(struct table *table) {
    for (size_t i = 0; i < table->count; i++) {
        free(table->rows[i].place);
        free(table->rows[i].text);
    }
    free(table->rows);
    table->rows = NULL;
    table->count = 0;
}

/* ---- how wide ---- */

static int measure_number(const struct table *table, int number) {
    int width = (int)strlen(table->titles[number]);
    for (size_t i = 0; i < table->count; i++) {
        int needed = (int)strlen(table->rows[i].numbers[number].text);
        if (needed > width)
            width = needed;
    }
    return width;
}

static size_t measure_numbers(struct table *table) {
    size_t total = 0;
    for (int i = 0; i < table->numbers; i++) {
        table->widths[i] = measure_number(table, i);
        total += (size_t)table->widths[i] + 2;
    }
    return total;
}

static size_t measure_places(const struct table *table) {
    size_t widest = 0;
    for (size_t i = 0; i < table->count; i++) {
        size_t width = screen_width(table->rows[i].place);
        if (width > widest)
            widest = width;
    }
    return widest;
}

static void share_terminal(struct table *table, size_t numbers, size_t places) {
    size_t columns = table->screen->columns;
    size_t rest = columns > numbers + LEAST_PLACE ? columns - numbers : LEAST_PLACE;
    size_t most = rest / 2 > LEAST_PLACE ? rest / 2 : LEAST_PLACE;
    table->place_columns = places < most ? places : most;
    size_t taken = table->place_columns + 2;
    table->text_columns = rest >= taken + LEAST_TEXT ? rest - taken : 0;
}

static void cut_row(const struct table *table, struct table_row *row) {
    if (table->screen->columns > 0)
        screen_cut_front(row->place, table->place_columns);
    screen_cut(row->text, table->text_columns);
}

void table_fit(struct table *table) {
    size_t numbers = measure_numbers(table) + 2; /* the mark and a blank */
    size_t places = measure_places(table);
    table->place_columns = places < PLACE_COLUMNS ? places : PLACE_COLUMNS;
    table->text_columns = TEXT_COLUMNS;
    if (table->screen->columns > 0)
        share_terminal(table, numbers, places);
    for (size_t i = 0; i < table->count; i++)
        cut_row(table, &table->rows[i]);
}

/* ---- printing ---- */

void table_print(const struct table *table, const char *style, const char *text, int width) {
    bool styled = table->screen->colours && *style != '\0';
    int blanks = width - (int)screen_width(text);
    if (blanks > 0)
        fprintf(table->file, "%*s", blanks, "");
    if (styled)
        fprintf(table->file, "\x1b[%sm%s\x1b[0m", style, text);
    else
        fputs(text, table->file);
}

static int column_width(const struct table *table, int number) {
    return table->widths[number] + (number > 0 ? 2 : 0);
}

void table_print_titles(const struct table *table, int bold) {
    for (int i = 0; i < table->numbers; i++)
        table_print(table, i == bold ? TABLE_BOLD : TABLE_DIM, table->titles[i],
                    column_width(table, i));
    putc('\n', table->file);
}

void table_print_row(const struct table *table, const struct table_row *row) {
    for (int i = 0; i < table->numbers; i++)
        table_print(table, row->numbers[i].style, row->numbers[i].text, column_width(table, i));
    fputs("  ", table->file);
    table_print(table, row->mark_style, row->mark, 0);
    putc(' ', table->file);
    table_print(table, row->style, row->place, 0);
    if (*row->text != '\0') {
        int blanks = (int)table->place_columns - (int)screen_width(row->place);
        fprintf(table->file, "%*s", (blanks > 0 ? blanks : 0) + 2, "");
        table_print(table, row->style, row->text, 0);
    }
    putc('\n', table->file);
}

void table_print_hidden(const struct table *table, size_t hidden, const char *what,
                        const char *amount) {
    char count[UNITS_ROOM], text[160];
    units_exact(count, hidden);
    snprintf(text, sizeof text, "and %s more line%s with %s %s together; --top 0 shows all", count,
             hidden == 1 ? "" : "s", what, amount);
    table_print(table, TABLE_DIM, text, 0);
    putc('\n', table->file);
}

/* ---- heat ---- */

int table_heat(int64_t value, int64_t max) {
    if (value <= 0)
        return 0;
    int level = TABLE_HEAT_LEVELS;
    if (max < TABLE_HEAT_FLOOR)
        max = TABLE_HEAT_FLOOR;
    for (; level > 1 && value <= max / 4; max /= 4)
        level--;
    return level;
}

const char *table_heat_shape(int level) {
    static const char *const shapes[TABLE_HEAT_LEVELS + 1] = {" ", "▁", "▂", "▄", "▆", "█"};
    return shapes[level];
}

/* Of the 256-colour palette, which themes leave alone; chosen to be read on black and on white. */
const char *table_heat_style(int level) {
    static const char *const colours[TABLE_HEAT_LEVELS + 1] = {
        "", "38;5;244", "38;5;136", "38;5;172", "38;5;202", "1;38;5;196"};
    return colours[level];
}
