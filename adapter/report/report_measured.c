/* SPDX-License-Identifier: MIT */
#include "report_table.h"

#include "finding.h"
#include "flushed.h"
#include "report_row.h"
#include "screen.h"
#include "units.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SPREADS = 4, NUMBERS = 5, PLACE_COLUMNS = 40, TEXT_COLUMNS = 60 };

struct printing {
    FILE *file;
    const struct figures *figures;
    const struct measured *measured;
    const struct screen *screen;
    struct source_text sources;
};

static const char bold[] = "1", red[] = "31";

static void print(const struct printing *printing, const char *style, const char *text) {
    if (printing->screen->colours && *style != '\0')
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

/* "80 a window, 15,120 in all; rose in 29 of 31 stretches since window 1: certain" */
static void print_evidence(const struct printing *printing, const struct suspicion *suspicion) {
    char each[UNITS_ROOM], all[UNITS_ROOM], since[UNITS_ROOM];
    units_bytes(each, suspicion->per_window);
    units_bytes(all, suspicion->kept);
    units_exact(since, suspicion->since);
    fprintf(printing->file,
            "kept: %s a window, %s in all; more in %zu of %zu stretches, since window %s; %s", each,
            all, suspicion->rises, suspicion->stretches, since, suspicion_word(suspicion->level));
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
        fprintf(printing->file, "  %s\n    ", text);
        print_evidence(printing, &line->suspicion);
        putc('\n', printing->file);
    }
    free(place);
    free(text);
    return good ? 0 : -ENOMEM;
}

/* "  held by events.listeners.tick: 451 a window, 141,000 in all; certain" */
static int print_holder(const struct printing *printing, const struct cause *cause) {
    char each[UNITS_ROOM], all[UNITS_ROOM];
    char *holder = screen_escape(cause->holder, strlen(cause->holder));
    if (holder == NULL)
        return -ENOMEM;
    units_bytes(each, cause->per_window);
    units_bytes(all, cause->kept);
    fputs("  held by ", printing->file);
    print(printing, bold, holder);
    fprintf(printing->file, ": %s a window, %s in all; %s\n", each, all,
            suspicion_word(cause->level));
    free(holder);
    return 0;
}

static int print_cause(struct printing *printing, const struct cause *cause) {
    int error = cause->holder != NULL ? print_holder(printing, cause) : 0;
    for (size_t i = 0; i < cause->count && error == 0; i++)
        error = print_suspect(printing, &printing->measured->lines[cause->first + i]);
    return error;
}

static int print_suspects(struct printing *printing) {
    const struct measured *measured = printing->measured;
    int error = 0;
    for (size_t i = 0; i < measured->causes.count && error == 0; i++)
        error = print_cause(printing, &measured->causes.list[i]);
    if (measured->suspects > 0)
        putc('\n', printing->file);
    return error;
}

static int print_finding(const struct printing *printing) {
    char *sentence = finding_sentence(printing->figures, printing->measured, printing->screen->cwd);
    char *safe = sentence != NULL ? screen_escape(sentence, strlen(sentence)) : NULL;
    if (safe != NULL) {
        print(printing, printing->measured->suspects > 0 ? bold : "", safe);
        putc('\n', printing->file);
    }
    free(sentence);
    free(safe);
    return safe != NULL ? 0 : -ENOMEM;
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
    error = print_suspects(printing);
    print_windows(printing);
    return error;
}

bool report_measured_any(const struct figures *figures) {
    return measured_count(figures) > 0;
}

typedef int measured_function(struct printing *printing);

static int print_each(FILE *file, const struct figures *figures,
                      const struct measured_settings *settings, const struct screen *screen,
                      measured_function *print_one) {
    int error = 0;
    for (size_t i = 0; i < measured_count(figures) && error == 0; i++) {
        struct measured measured;
        struct printing printing = {file, figures, &measured, screen, {0}};
        error = measured_read(&measured, figures, i, settings);
        if (error == 0)
            error = print_one(&printing);
        source_text_finish(&printing.sources);
        measured_finish(&measured);
    }
    return error != 0 ? error : flushed(file);
}

static int print_finding_of_windows(struct printing *printing) {
    return printing->measured->windows > 0 ? print_finding(printing) : 0;
}

int report_findings(FILE *file, const struct figures *figures,
                    const struct measured_settings *settings, const struct screen *screen) {
    int error = print_each(file, figures, settings, screen, print_finding_of_windows);
    if (error == 0 && report_measured_any(figures))
        putc('\n', file);
    return error;
}

/* Of what was never measured, that it was not. */
static int print_suspected(struct printing *printing) {
    if (printing->measured->windows == 0)
        return print_measured(printing);
    int error = print_finding(printing);
    return error != 0 ? error : print_suspects(printing);
}

int report_suspects(FILE *file, const struct figures *figures,
                    const struct measured_settings *settings, const struct screen *screen) {
    return print_each(file, figures, settings, screen, print_suspected);
}

int report_measured_table(FILE *file, const struct figures *figures,
                          const struct measured_settings *settings, const struct screen *screen) {
    return print_each(file, figures, settings, screen, print_measured);
}
