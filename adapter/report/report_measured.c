/* SPDX-License-Identifier: MIT */
#include "report_table.h"

#include "flushed.h"
#include "report_row.h"
#include "screen.h"
#include "units.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SPREADS = 4, NUMBERS = 5, SHOWN_EVIDENCE = 8, PLACE_COLUMNS = 40, TEXT_COLUMNS = 60 };

struct printing {
    FILE *file;
    const struct figures *figures;
    const struct measured *measured;
    const struct screen *screen;
    struct source_text sources;
};

static const char bold[] = "1", dim[] = "2", red[] = "31";

static void print(const struct printing *printing, const char *style, const char *text) {
    if (printing->screen->colours)
        fprintf(printing->file, "\x1b[%sm%s\x1b[0m", style, text);
    else
        fputs(text, printing->file);
}

/* ---- the windows ---- */

struct spread_row {
    const char *title;
    const struct spread *spread;
    char numbers[NUMBERS][UNITS_ROOM + 1];
};

static void fill_numbers(struct spread_row *row) {
    const struct spread *spread = row->spread;
    const int64_t numbers[NUMBERS] = {spread->last, spread->min, spread->median, spread->max,
                                      spread->trend};
    for (int i = 0; i < NUMBERS; i++) {
        bool signed_rise = i == NUMBERS - 1 && numbers[i] > 0;
        row->numbers[i][0] = '+';
        units_bytes(row->numbers[i] + signed_rise, numbers[i]);
    }
}

static void print_spreads(const struct printing *printing, const struct spread_row rows[SPREADS]) {
    static const char *const titles[NUMBERS] = {"last", "min", "median", "max", "trend"};
    int widths[NUMBERS];
    fprintf(printing->file, "%-12s", "bytes");
    for (int i = 0; i < NUMBERS; i++) {
        widths[i] = (int)strlen(titles[i]);
        for (int r = 0; r < SPREADS; r++)
            if ((int)strlen(rows[r].numbers[i]) > widths[i])
                widths[i] = (int)strlen(rows[r].numbers[i]);
        fprintf(printing->file, "  %*s", widths[i], titles[i]);
    }
    for (int r = 0; r < SPREADS; r++) {
        fprintf(printing->file, "\n%-12s", rows[r].title);
        for (int i = 0; i < NUMBERS; i++)
            fprintf(printing->file, "  %*s", widths[i], rows[r].numbers[i]);
    }
    putc('\n', printing->file);
}

static void print_windows(const struct printing *printing) {
    const struct measured_figures *figures = &printing->measured->figures;
    struct spread_row rows[SPREADS] = {{"growth", &figures->growth, {{0}}},
                                       {"allocated", &figures->allocated, {{0}}},
                                       {"freed", &figures->freed, {{0}}},
                                       {"retained", &figures->retained, {{0}}}};
    for (int r = 0; r < SPREADS; r++)
        fill_numbers(&rows[r]);
    print_spreads(printing, rows);
}

static int print_title(const struct printing *printing) {
    const struct measured *measured = printing->measured;
    char count[UNITS_ROOM];
    char *name = screen_escape(measured->name, strlen(measured->name));
    if (name == NULL)
        return -ENOMEM;
    units_exact(count, measured->windows);
    fputs("\nMeasurement ", printing->file);
    print(printing, bold, name);
    fprintf(printing->file, ": %s window%s", count, measured->windows == 1 ? "" : "s");
    if (measured->open > 0)
        fprintf(printing->file, ", %zu more not closed", measured->open);
    fputs("\n\n", printing->file);
    free(name);
    return 0;
}

/* ---- the suspects ---- */

static void print_evidence(const struct printing *printing, const struct measured_line *line) {
    size_t first = line->evidence > SHOWN_EVIDENCE ? line->evidence - SHOWN_EVIDENCE : 0;
    for (size_t i = first; i < line->evidence; i++) {
        char number[UNITS_ROOM];
        units_bytes(number, line->retained[i]);
        fprintf(printing->file, "%s%s", i > first ? ", " : "", number);
    }
}

static int print_suspect(struct printing *printing, const struct measured_line *line) {
    char *place = report_row_place(printing->figures, &line->place, printing->screen);
    char *text = report_row_text(printing->figures, &line->place, &printing->sources);
    bool good = place != NULL && text != NULL;
    if (good) {
        screen_cut_front(place, PLACE_COLUMNS);
        screen_cut(text, TEXT_COLUMNS);
        fputs("  ", printing->file);
        print(printing, red, place);
        fprintf(printing->file, "  %s\n    retained: ", text);
        print_evidence(printing, line);
        putc('\n', printing->file);
    }
    free(place);
    free(text);
    return good ? 0 : -ENOMEM;
}

static void print_too_few(const struct printing *printing) {
    char text[160];
    snprintf(text, sizeof text,
             "Leaks are looked for in windows the collector has gone through since; that is %zu so "
             "far, %d are needed.\nLet it run longer, or use --collect.\n",
             printing->measured->judged, MEASURED_LEAST);
    print(printing, dim, text);
}

static int print_suspects(struct printing *printing) {
    const struct measured *measured = printing->measured;
    int error = 0;
    putc('\n', printing->file);
    if (measured->judged < MEASURED_LEAST) {
        print_too_few(printing);
    } else if (measured->suspects == 0) {
        fprintf(printing->file,
                "No line left bytes behind in each of %zu windows, spread over the run.\n",
                measured->judged);
    } else {
        print(printing, bold, "Suspected leaks");
        fprintf(printing->file,
                ", by what is still there of each of %zu windows, spread over the run\n\n",
                measured->judged);
        for (size_t i = 0; i < measured->suspects && error == 0; i++)
            error = print_suspect(printing, &measured->lines[i]);
    }
    return error;
}

static void print_never(const struct printing *printing) {
    fputs(printing->measured->open > 0
              ? "No window was closed: the program came to where it opens, but not to its end.\n"
              : "No window was opened: the program never came to that line, or there is no code.\n",
          printing->file);
}

static int print_measured(struct printing *printing) {
    int error = print_title(printing);
    if (error != 0)
        return error;
    if (printing->measured->windows == 0) {
        print_never(printing);
        return 0;
    }
    print_windows(printing);
    return print_suspects(printing);
}

int report_measured_table(FILE *file, const struct figures *figures,
                          const struct measured_settings *settings, const struct screen *screen) {
    int error = 0;
    for (size_t i = 0; i < measured_count(figures) && error == 0; i++) {
        struct measured measured;
        struct printing printing = {file, figures, &measured, screen, {0}};
        error = measured_read(&measured, figures, i, settings);
        if (error == 0)
            error = print_measured(&printing);
        source_text_finish(&printing.sources);
        measured_finish(&measured);
    }
    return error != 0 ? error : flushed(file);
}
