/* SPDX-License-Identifier: MIT */
#include "report_table.h"

#include "flushed.h"
#include "largest.h"
#include "table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- a row ---- */

/* "game.lua:6" */
static char *place_of(const struct largest_place *place, const struct screen *screen) {
    char *text = NULL;
    if (place->source == NULL)
        return strdup("");
    if (asprintf(&text, "%s:%" PRIu32, screen_path(screen, place->source), place->line) < 0)
        return NULL;
    char *safe = screen_escape(text, strlen(text));
    free(text);
    return safe;
}

/* How it is reached, and what stands in it: "", if that is not told. */
static char *text_of(const struct largest_place *place, const char *value) {
    char *text = NULL;
    if (asprintf(&text, "%s%s%s", place->path, *value != '\0' ? "  " : "", value) < 0)
        return NULL;
    char *safe = screen_escape(text, strlen(text));
    free(text);
    return safe;
}

static int fill_row(struct table_row *row, const struct largest_place *place, const char *value,
                    const struct screen *screen) {
    row->mark = row->mark_style = row->style = "";
    row->place = place_of(place, screen);
    row->text = text_of(place, value);
    return row->place != NULL && row->text != NULL ? 0 : -ENOMEM;
}

static void fill_bytes(struct table_number *number, uint64_t bytes) {
    units_bytes(number->text, (int64_t)bytes);
    number->style = "";
}

static void fill_count(struct table_number *number, uint64_t count) {
    units_count(number->text, count);
    number->style = "";
}

/* ---- paragraphs ---- */

static void print_rows(const struct table *table, int bold) {
    putc('\n', table->file);
    table_print_titles(table, bold);
    for (size_t i = 0; i < table->count; i++)
        table_print_row(table, &table->rows[i]);
}

/* NULL: now, which goes without saying. */
static void print_moment(FILE *file, const char *at) {
    if (at != NULL)
        fprintf(file, ", at the %s", at);
}

/* ---- tables ---- */

static int fill_tables(struct table *table, const struct largest_tables *tables) {
    int error = table_init(table, tables->count);
    for (size_t i = 0; error == 0 && i < table->count; i++) {
        const struct largest_table *one = &tables->rows[i];
        struct table_row *row = &table->rows[i];
        fill_bytes(&row->numbers[0], one->bytes);
        fill_bytes(&row->numbers[1], one->retained);
        fill_count(&row->numbers[2], one->entries);
        error = fill_row(row, &one->place, "", table->screen);
    }
    return error;
}

static void print_tables(const struct table *table, const struct largest_tables *tables,
                         const char *at) {
    char all[UNITS_ROOM];
    units_count(all, tables->all);
    table_print(table, TABLE_BOLD, "The largest tables", 0);
    fprintf(table->file, " of %s", all);
    print_moment(table->file, at);
    fprintf(table->file, ", by %s", tables->by_bytes ? "their own size" : "what they retain");
    table_print(table, TABLE_DIM, " (bytes)", 0);
    putc('\n', table->file);
    if (table->count > 0)
        print_rows(table, tables->by_bytes ? 0 : 1);
}

static int write_tables(FILE *file, const struct largest_tables *tables, const char *at,
                        const struct screen *screen) {
    static const char *const titles[] = {"bytes", "retained", "entries"};
    struct table table = {.file = file, .screen = screen, .titles = titles, .numbers = 3};
    int error = fill_tables(&table, tables);
    if (error == 0) {
        table_fit(&table);
        print_tables(&table, tables, at);
    }
    table_finish(&table);
    return error != 0 ? error : flushed(file);
}

int report_largest_tables(FILE *file, const struct largest_tables *tables,
                          const struct screen *screen) {
    return write_tables(file, tables, NULL, screen);
}

/* ---- strings ---- */

static int fill_strings(struct table *table, const struct largest_strings *strings) {
    int error = table_init(table, strings->count);
    for (size_t i = 0; error == 0 && i < table->count; i++) {
        const struct largest_string *one = &strings->rows[i];
        struct table_row *row = &table->rows[i];
        fill_bytes(&row->numbers[0], one->saved);
        fill_bytes(&row->numbers[1], one->bytes);
        fill_bytes(&row->numbers[2], one->each);
        fill_count(&row->numbers[3], one->count);
        error = fill_row(row, &one->place, one->value, table->screen);
    }
    return error;
}

static void print_strings(const struct table *table, const struct largest_strings *strings,
                          const char *at) {
    char all[UNITS_ROOM], saved[UNITS_ROOM];
    units_count(all, strings->all);
    units_bytes(saved, (int64_t)strings->saved);
    table_print(table, TABLE_BOLD, "Equal strings that there are many times", 0);
    print_moment(table->file, at);
    if (strings->all == 0) {
        fputs(": none\n", table->file);
        return;
    }
    fprintf(table->file, ": one of each of the %s would save %s bytes\n", all, saved);
    if (table->count > 0)
        print_rows(table, 0);
}

static int write_strings(FILE *file, const struct largest_strings *strings, const char *at,
                         const struct screen *screen) {
    static const char *const titles[] = {"saved", "bytes", "each", "count"};
    struct table table = {.file = file, .screen = screen, .titles = titles, .numbers = 4};
    int error = fill_strings(&table, strings);
    if (error == 0) {
        table_fit(&table);
        print_strings(&table, strings, at);
    }
    table_finish(&table);
    return error != 0 ? error : flushed(file);
}

int report_largest_strings(FILE *file, const struct largest_strings *strings,
                           const struct screen *screen) {
    return write_strings(file, strings, NULL, screen);
}

/* ---- of a run ---- */

int report_largest(FILE *file, const struct largest *largest, const struct screen *screen) {
    putc('\n', file);
    if (largest->json == NULL) {
        fprintf(file,
                "What takes the room, at the %s: nobody was asked; the script did not come "
                "there\n",
                largest->at);
        return flushed(file);
    }
    int error = write_tables(file, &largest->tables, largest->at, screen);
    putc('\n', file);
    return error != 0 ? error : write_strings(file, &largest->strings, largest->at, screen);
}
