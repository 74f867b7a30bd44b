/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "heat.h"
#include "screen.h"
#include "source_text.h"
#include "units.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { GROWTH, ALLOCATIONS, ALLOCATED, FREED, LIVE, PEAK, NUMBERS };
enum { TEXT_COLUMNS = 80, PLACE_COLUMNS = 40, LEAST_PLACE = 14, LEAST_TEXT = 6 };

static const char *const titles[NUMBERS] = {"growth", "allocs", "allocated",
                                            "freed",  "live",   "at peak"};

struct entry {
    const struct lines_row *row;
    char numbers[NUMBERS][UNITS_ROOM];
    char *place; /* "src/main.lua:12" or "(startup)" */
    char *text;  /* the source line, or what the pseudo-line stands for */
};

struct table {
    const struct report *report;
    const struct report_screen *screen;
    FILE *file;
    struct entry *entries; /* those to show: source lines, then the others */
    size_t lines, others;
    size_t hidden; /* source lines that `top` leaves out */
    int64_t hidden_growth, hottest;
    int widths[NUMBERS];
    size_t place_columns, text_columns;
};

static bool is_line(const struct lines_row *row) {
    return row->site >= FIGURES_PSEUDO_SITES;
}

static int64_t figure(const struct lines_row *row, int number) {
    const int64_t figures[NUMBERS] = {
        [GROWTH] = row->growth,
        [ALLOCATIONS] = (int64_t)row->allocations,
        [ALLOCATED] = (int64_t)row->allocated,
        [FREED] = (int64_t)row->freed,
        [LIVE] = (int64_t)row->live,
        [PEAK] = (int64_t)row->at_peak,
    };
    return figures[number];
}

/* The column that the heat follows. */
static int hot_column(const struct table *table) {
    static const int columns[] = {[LINES_BY_GROWTH] = GROWTH, [LINES_BY_ALLOCATED] = ALLOCATED,
                                  [LINES_BY_FREED] = FREED,   [LINES_BY_LIVE] = LIVE,
                                  [LINES_BY_PEAK] = PEAK,     [LINES_BY_ALLOCATIONS] = ALLOCATIONS,
                                  [LINES_BY_LINE] = GROWTH};
    return columns[table->report->sort];
}

/* ---- which rows ---- */

static void pick_line(struct table *table, const struct lines_row *row) {
    int64_t heat = figure(row, hot_column(table));
    if (heat > table->hottest)
        table->hottest = heat;
    if (table->report->top == 0 || table->lines < table->report->top) {
        table->entries[table->lines++].row = row;
    } else {
        table->hidden++;
        table->hidden_growth += row->growth;
    }
}

static int pick_rows(struct table *table) {
    const struct lines *lines = table->report->lines;
    table->entries = calloc(lines->count + 1, sizeof *table->entries);
    if (table->entries == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < lines->count; i++)
        if (is_line(&lines->rows[i]))
            pick_line(table, &lines->rows[i]);
    for (size_t i = 0; i < lines->count; i++)
        if (!is_line(&lines->rows[i]))
            table->entries[table->lines + table->others++].row = &lines->rows[i];
    return 0;
}

/* ---- what stands in them ---- */

static const char *without_folder(const char *path, const char *folder) {
    size_t length = folder != NULL ? strlen(folder) : 0;
    if (length == 0 || strncmp(path, folder, length) != 0)
        return path;
    if (folder[length - 1] == '/')
        return path + length;
    return path[length] == '/' ? path + length + 1 : path;
}

static char *source_of(const struct table *table, const struct lines_row *row) {
    const char *path = lines_path(table->report->figures, row);
    if (path != NULL)
        return strdup(without_folder(path, table->screen->cwd));
    return lines_name(table->report->figures, row);
}

static char *place_of(const struct table *table, const struct lines_row *row) {
    char *source = source_of(table, row), *place = NULL;
    char line[16] = "";
    if (is_line(row))
        snprintf(line, sizeof line, row->line > 0 ? ":%" PRIu32 : ":?", row->line);
    if (source != NULL && asprintf(&place, "%s%s", source, line) < 0)
        place = NULL;
    char *safe = place != NULL ? screen_escape(place, strlen(place)) : NULL;
    free(place);
    free(source);
    return safe;
}

static const char *meaning(uint32_t pseudo) {
    static const char *const meanings[FIGURES_PSEUDO_SITES] = {
        [FIGURES_STARTUP] = "the interpreter, its libraries, the script's code",
        [FIGURES_C] = "while no Lua function ran",
        [FIGURES_STRING_TABLE] = "Lua's table of all short strings",
        [FIGURES_DEBUGGER] = "the debugger's own work",
        [FIGURES_OVERFLOW] = "the lines beyond the first 262,144",
    };
    return meanings[pseudo];
}

static char *text_of(const struct table *table, const struct lines_row *row,
                     struct source_text *sources) {
    if (!is_line(row))
        return screen_escape(meaning(row->site), strlen(meaning(row->site)));
    const char *path = lines_path(table->report->figures, row);
    size_t size = 0;
    const char *text = path != NULL ? source_text_line(sources, path, row->line, &size) : NULL;
    return screen_escape(text != NULL ? text : "", size);
}

static int fill_entry(const struct table *table, struct entry *entry, struct source_text *sources) {
    for (int i = 0; i < NUMBERS; i++)
        if (i == ALLOCATIONS)
            units_count(entry->numbers[i], entry->row->allocations);
        else
            units_bytes(entry->numbers[i], figure(entry->row, i));
    entry->place = place_of(table, entry->row);
    entry->text = text_of(table, entry->row, sources);
    return entry->place != NULL && entry->text != NULL ? 0 : -ENOMEM;
}

static int fill_entries(struct table *table) {
    struct source_text sources = {0};
    int error = 0;
    for (size_t i = 0; i < table->lines + table->others && error == 0; i++)
        error = fill_entry(table, &table->entries[i], &sources);
    source_text_finish(&sources);
    return error;
}

/* ---- how wide ---- */

static size_t measure_numbers(struct table *table) {
    size_t total = 0;
    for (int i = 0; i < NUMBERS; i++) {
        int width = (int)strlen(titles[i]);
        for (size_t j = 0; j < table->lines + table->others; j++) {
            int needed = (int)strlen(table->entries[j].numbers[i]);
            if (needed > width)
                width = needed;
        }
        table->widths[i] = width;
        total += (size_t)width + 2;
    }
    return total;
}

static size_t measure_places(const struct table *table) {
    size_t widest = 0;
    for (size_t i = 0; i < table->lines + table->others; i++) {
        size_t width = screen_width(table->entries[i].place);
        if (width > widest)
            widest = width;
    }
    return widest;
}

/* Numbers take what they need, places up to half of the rest, the text what is left then. */
static void share_terminal(struct table *table, size_t numbers, size_t places) {
    size_t columns = table->screen->columns;
    size_t rest = columns > numbers + LEAST_PLACE ? columns - numbers : LEAST_PLACE;
    size_t most = rest / 2 > LEAST_PLACE ? rest / 2 : LEAST_PLACE;
    table->place_columns = places < most ? places : most;
    size_t taken = table->place_columns + 2;
    table->text_columns = rest >= taken + LEAST_TEXT ? rest - taken : 0;
}

static void cut_entry(const struct table *table, struct entry *entry) {
    if (table->screen->columns > 0)
        screen_cut_front(entry->place, table->place_columns);
    screen_cut(entry->text, table->text_columns);
}

static void share_columns(struct table *table) {
    size_t numbers = measure_numbers(table) + 2; /* the heat and a blank */
    size_t places = measure_places(table);
    table->place_columns = places < PLACE_COLUMNS ? places : PLACE_COLUMNS;
    table->text_columns = TEXT_COLUMNS;
    if (table->screen->columns > 0)
        share_terminal(table, numbers, places);
    for (size_t i = 0; i < table->lines + table->others; i++)
        cut_entry(table, &table->entries[i]);
}

/* ---- printing ---- */

static const char dim[] = "2", bold[] = "1";

static void print(const struct table *table, const char *style, const char *text, int width) {
    bool styled = table->screen->colours && *style != '\0';
    int blanks = width - (int)screen_width(text);
    if (blanks > 0)
        fprintf(table->file, "%*s", blanks, "");
    if (styled)
        fprintf(table->file, "\x1b[%sm%s\x1b[0m", style, text);
    else
        fputs(text, table->file);
}

static void print_head(const struct table *table) {
    static const char *const orders[] = {
        [LINES_BY_GROWTH] = "by growth",     [LINES_BY_ALLOCATED] = "by allocated",
        [LINES_BY_FREED] = "by freed",       [LINES_BY_LIVE] = "by live",
        [LINES_BY_PEAK] = "by size at peak", [LINES_BY_ALLOCATIONS] = "by allocations",
        [LINES_BY_LINE] = "in source order"};
    print(table, bold, "Memory of each line", 0);
    fputs(", ", table->file);
    print(table, "", orders[table->report->sort], 0);
    print(table, dim, " (bytes)", 0);
    fputs("\n\n", table->file);
    for (int i = 0; i < NUMBERS; i++) {
        bool sorted = i == hot_column(table) && table->report->sort != LINES_BY_LINE;
        print(table, sorted ? bold : dim, titles[i], table->widths[i] + (i > 0 ? 2 : 0));
    }
    putc('\n', table->file);
}

static const char *number_style(const struct table *table, const struct entry *entry, int number,
                                int level) {
    if (!is_line(entry->row) || figure(entry->row, number) == 0)
        return dim;
    return number == hot_column(table) ? heat_colour(level) : "";
}

static void print_entry(const struct table *table, const struct entry *entry) {
    bool line = is_line(entry->row);
    int level = line ? heat_level(figure(entry->row, hot_column(table)), table->hottest) : 0;
    for (int i = 0; i < NUMBERS; i++)
        print(table, number_style(table, entry, i, level), entry->numbers[i],
              table->widths[i] + (i > 0 ? 2 : 0));
    fputs("  ", table->file);
    print(table, heat_colour(level), heat_shape(level), 0);
    putc(' ', table->file);
    print(table, line ? "" : dim, entry->place, 0);
    if (*entry->text != '\0') {
        int blanks = (int)table->place_columns - (int)screen_width(entry->place);
        fprintf(table->file, "%*s", (blanks > 0 ? blanks : 0) + 2, "");
        print(table, line ? "" : dim, entry->text, 0);
    }
    putc('\n', table->file);
}

static void print_hidden(const struct table *table) {
    char count[UNITS_ROOM], growth[UNITS_ROOM], text[160];
    units_exact(count, table->hidden);
    units_bytes(growth, table->hidden_growth);
    snprintf(text, sizeof text,
             "and %s more line%s with a growth of %s together; --top 0 shows all", count,
             table->hidden == 1 ? "" : "s", growth);
    print(table, dim, text, 0);
    putc('\n', table->file);
}

/* The sum of all lines beside Lua's own count: that they agree is what makes the figures exact. */
static void print_collector(const struct table *table) {
    const struct lines *lines = table->report->lines;
    char count[UNITS_ROOM];
    if (lines->collector == 0)
        return;
    units_exact(count, lines->collector);
    print(table, dim,
          lines->collector == lines->live ? ", the same as Lua's own count"
                                          : ", but Lua's own count is ",
          0);
    if (lines->collector != lines->live)
        print(table, bold, count, 0);
}

static void print_heap(const struct table *table) {
    char live[UNITS_ROOM], peak[UNITS_ROOM];
    units_exact(live, table->report->lines->live);
    units_exact(peak, table->report->lines->peak);
    fputs("\nHeap: ", table->file);
    print(table, bold, live, 0);
    fputs(" bytes at the end", table->file);
    print_collector(table);
    fputs("; ", table->file);
    print(table, bold, peak, 0);
    fputs(" at its peak\n", table->file);
}

static void print_table(const struct table *table) {
    print_head(table);
    for (size_t i = 0; i < table->lines; i++)
        print_entry(table, &table->entries[i]);
    if (table->hidden > 0)
        print_hidden(table);
    if (table->lines > 0)
        putc('\n', table->file);
    for (size_t i = 0; i < table->others; i++)
        print_entry(table, &table->entries[table->lines + i]);
    print_heap(table);
}

static void table_finish(struct table *table) {
    for (size_t i = 0; table->entries != NULL && i < table->lines + table->others; i++) {
        free(table->entries[i].place);
        free(table->entries[i].text);
    }
    free(table->entries);
}

int report_table(FILE *file, const struct report *report, const struct report_screen *screen) {
    struct table table = {.report = report, .screen = screen, .file = file};
    int error = pick_rows(&table);
    if (error == 0)
        error = fill_entries(&table);
    if (error == 0) {
        share_columns(&table);
        print_table(&table);
        error = report_flush(file);
    }
    table_finish(&table);
    return error;
}
