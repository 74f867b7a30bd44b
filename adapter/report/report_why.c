/* SPDX-License-Identifier: MIT */
#include "report_table.h"

#include "flushed.h"
#include "table.h"
#include "why.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const titles[] = {"bytes", "retained", "objects"};

static int fill_row(struct table_row *row, const struct why_shape *shape) {
    units_bytes(row->numbers[0].text, (int64_t)shape->bytes);
    units_bytes(row->numbers[1].text, (int64_t)shape->retained);
    units_count(row->numbers[2].text, shape->count);
    for (int i = 0; i < 3; i++)
        row->numbers[i].style = "";
    row->mark = row->mark_style = row->style = "";
    row->place = screen_escape(shape->text, strlen(shape->text));
    row->text = strdup("");
    return row->place != NULL && row->text != NULL ? 0 : -ENOMEM;
}

static int fill_rows(struct table *table, const struct why *why) {
    int error = table_init(table, why_rows(why));
    for (size_t i = 0; error == 0 && i < table->count; i++)
        error = fill_row(&table->rows[i], &why->shapes[i]);
    return error;
}

static void print_head(const struct table *table, const struct why *why) {
    char reached[UNITS_ROOM], live[UNITS_ROOM];
    fputs("\nWho holds what ", table->file);
    table_print(table, TABLE_BOLD, why->place, 0);
    fprintf(table->file, " has allocated, at the %s", why->at);
    if (why->json == NULL) {
        fputs(": nobody was asked; the script did not come there\n", table->file);
        return;
    }
    units_exact(reached, why->reached);
    units_exact(live, why->live);
    fprintf(table->file, ": %s of its %s bytes are held\n", reached, live);
}

static void print_rows(const struct table *table, const struct why *why) {
    if (table->count == 0)
        return;
    putc('\n', table->file);
    table_print_titles(table, 0);
    for (size_t i = 0; i < table->count; i++)
        table_print_row(table, &table->rows[i]);
    if (why->all > table->count)
        fprintf(table->file, "... %llu more\n", (unsigned long long)(why->all - table->count));
}

int report_why(FILE *file, const struct why *why, const struct screen *screen) {
    struct table table = {.file = file, .screen = screen, .titles = titles, .numbers = 3};
    int error = fill_rows(&table, why);
    if (error == 0) {
        table_fit(&table);
        print_head(&table, why);
        print_rows(&table, why);
    }
    table_finish(&table);
    return error != 0 ? error : flushed(file);
}
