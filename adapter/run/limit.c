/* SPDX-License-Identifier: MIT */
#include "limit.h"

#include "code_lines.h"
#include "complain.h"
#include "units.h"
#include "words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- what can be limited ---- */

static int64_t line_growth(const struct lines_row *row) {
    return row->growth;
}

static int64_t line_live(const struct lines_row *row) {
    return (int64_t)row->live;
}

static int64_t line_peak(const struct lines_row *row) {
    return (int64_t)row->at_peak;
}

static int64_t line_allocated(const struct lines_row *row) {
    return (int64_t)row->allocated;
}

static int64_t line_allocations(const struct lines_row *row) {
    return (int64_t)row->allocations;
}

static int64_t program_heap(const struct limit_run *run, const struct limit *limit) {
    return (int64_t)run->lines->peak;
}

static int64_t program_live(const struct limit_run *run, const struct limit *limit) {
    return (int64_t)run->lines->live;
}

static int64_t sum_of(const struct lines *lines, int64_t (*of_line)(const struct lines_row *)) {
    int64_t sum = 0;
    for (size_t i = 0; i < lines->count; i++)
        sum = lines_sum(sum, of_line(&lines->rows[i]));
    return sum;
}

static int64_t program_allocated(const struct limit_run *run, const struct limit *limit) {
    return sum_of(run->lines, line_allocated);
}

static int64_t program_allocations(const struct limit_run *run, const struct limit *limit) {
    return sum_of(run->lines, line_allocations);
}

/* What is looked for in all measurements. */
typedef int64_t measured_value(const struct measured *measured);

/* The largest over those of that name (NULL: over all). -1 without any. */
static int64_t largest(const struct limit_run *run, const char *name, measured_value *value) {
    int64_t most = -1;
    for (size_t i = 0; i < measured_count(run->figures); i++) {
        struct measured measured;
        bool wanted = measured_read(&measured, run->figures, i, run->measuring) == 0 &&
                      (name == NULL || strcmp(measured.name, name) == 0);
        int64_t found = wanted ? value(&measured) : -1;
        most = found > most ? found : most;
        measured_finish(&measured);
    }
    return most;
}

static int64_t judged_windows(const struct measured *measured) {
    return (int64_t)measured->judged;
}

static int64_t suspected_lines(const struct measured *measured) {
    return (int64_t)measured->suspects;
}

static int64_t median_retained(const struct measured *measured) {
    return measured->figures.retained.median;
}

static int64_t program_retained(const struct limit_run *run, const struct limit *limit) {
    return largest(run, NULL, median_retained);
}

static int64_t program_suspects(const struct limit_run *run, const struct limit *limit) {
    return largest(run, limit->words, suspected_lines);
}

/* The first is what a line without a word means. */
static const struct limit_figure limit_figures[] = {
    {"growth", "bytes of growth", false, line_growth, NULL},
    {"heap", "bytes of heap at its peak", false, NULL, program_heap},
    {"live", "bytes live at the end", false, line_live, program_live},
    {"peak", "bytes live at the heap's peak", false, line_peak, NULL},
    {"allocated", "bytes allocated", false, line_allocated, program_allocated},
    {"allocations", "allocations", true, line_allocations, program_allocations},
    {"retained", "bytes retained of a window", false, NULL, program_retained},
};

static const struct limit_figure suspects_figure = {"suspects", "lines suspected of a leak", true,
                                                    NULL, program_suspects};

enum { FIGURES = sizeof limit_figures / sizeof *limit_figures };

static bool applies(const struct limit_figure *figure, bool to_line) {
    return to_line ? figure->of_line != NULL : figure->of_program != NULL;
}

static const struct limit_figure *find_figure(const char *name, size_t size, bool of_line) {
    for (size_t i = 0; i < FIGURES; i++)
        if (applies(&limit_figures[i], of_line) && strlen(limit_figures[i].name) == size &&
            memcmp(limit_figures[i].name, name, size) == 0)
            return &limit_figures[i];
    return NULL;
}

/* "heap, live, allocated, allocations" */
static const char *figure_names(bool of_line, char names[128]) {
    size_t length = 0;
    for (size_t i = 0; i < FIGURES; i++)
        if (applies(&limit_figures[i], of_line))
            length += (size_t)snprintf(names + length, 128 - length, "%s%s", length > 0 ? ", " : "",
                                       limit_figures[i].name);
    return names;
}

/* ---- its words: WHAT=MOST, where WHAT is FIGURE, FILE:LINE or FILE:LINE:FIGURE ---- */

struct what {
    const char *start, *end;
};

static const char *last_colon(struct what what) {
    const char *at = what.end;
    while (at > what.start && at[-1] != ':')
        at--;
    return at > what.start ? at - 1 : NULL;
}

static bool parse_line(struct what digits, uint32_t *line) {
    char text[12] = "";
    size_t number, size = (size_t)(digits.end - digits.start);
    if (size >= sizeof text)
        return false;
    memcpy(text, digits.start, size);
    if (words_number(text, &number) != 0 || number == 0 || number > INT32_MAX)
        return false;
    *line = (uint32_t)number;
    return true;
}

static int complain_what(const struct limit *limit, struct what what, char *complaint) {
    char names[128];
    int size = (int)(what.end - what.start);
    if (strpbrk(limit->words, "./:") != NULL && strpbrk(limit->words, "./:") < what.end)
        return complain(complaint, "--limit %.150s: which line of which file? Write FILE:LINE=SIZE",
                        limit->words);
    return complain(complaint,
                    "--limit %.150s: there is no '%.*s' to limit; use FILE:LINE, or of the whole "
                    "program %s",
                    limit->words, size < 60 ? size : 60, what.start, figure_names(false, names));
}

/* FILE:LINE[:FIGURE]; colon: the last one. */
static int parse_place(struct limit *limit, struct what what, const char *colon, char *complaint) {
    char names[128];
    struct what tail = {colon + 1, what.end};
    limit->figure = &limit_figures[0];
    if (!parse_line(tail, &limit->line)) {
        limit->figure = find_figure(tail.start, (size_t)(tail.end - tail.start), true);
        struct what place = {what.start, colon};
        colon = last_colon(place);
        if (colon == NULL || !parse_line((struct what){colon + 1, place.end}, &limit->line))
            return complain_what(limit, what, complaint);
        if (limit->figure == NULL)
            return complain(complaint, "--limit %.150s: a line has no '%.*s'; use one of %s",
                            limit->words, (int)(tail.end - tail.start), tail.start,
                            figure_names(true, names));
    }
    if (colon == what.start)
        return complain_what(limit, what, complaint);
    limit->file = strndup(what.start, (size_t)(colon - what.start));
    return limit->file != NULL ? 0 : complain(complaint, "not enough memory");
}

static int parse_what(struct limit *limit, struct what what, char *complaint) {
    const char *colon = last_colon(what);
    if (colon != NULL)
        return parse_place(limit, what, colon, complaint);
    limit->figure = find_figure(what.start, (size_t)(what.end - what.start), false);
    return limit->figure != NULL ? 0 : complain_what(limit, what, complaint);
}

static int parse_most(struct limit *limit, const char *most, char *complaint) {
    if (limit->figure->counts) {
        if (units_parse_count(most, &limit->most) == 0)
            return 0;
        return complain(complaint, "--limit %.150s: '%.60s' is no whole number", limit->words,
                        most);
    }
    if (units_parse_bytes(most, &limit->most) == 0)
        return 0;
    return complain(complaint,
                    "--limit %.150s: '%.60s' is no size; write one like 500, 64KB, 64KiB or 1.5MB",
                    limit->words, most);
}

int limit_parse(struct limit *limit, const char *words, char *complaint) {
    *limit = (struct limit){.words = words};
    const char *equals = strrchr(words, '=');
    if (equals == NULL || equals == words)
        return complain(
            complaint, "--limit takes WHAT=SIZE, such as heap=64MB or main.lua:3=1KB, not '%.150s'",
            words);
    int error = parse_what(limit, (struct what){words, equals}, complaint);
    return error != 0 ? error : parse_most(limit, equals + 1, complaint);
}

struct limit limit_of_suspects(const char *name) {
    return (struct limit){.words = name, .of_suspects = true, .figure = &suspects_figure};
}

void limit_finish(struct limit *limit) {
    free(limit->file);
    free(limit->path);
    *limit = (struct limit){0};
}

/* ---- its line ---- */

static int find_file(struct limit *limit, char *complaint) {
    struct stat status;
    limit->path = realpath(limit->file, NULL);
    if (limit->path == NULL)
        return complain(complaint, "--limit %.150s: cannot read %.150s: %s", limit->words,
                        limit->file, strerror(errno));
    if (stat(limit->path, &status) == 0 && S_ISREG(status.st_mode))
        return 0;
    return complain(complaint, "--limit %.150s: %.150s is no file", limit->words, limit->file);
}

static int find_line(const struct limit *limit, const struct code_lines *code, char *complaint) {
    if (code->problem != NULL && code->problem[0] == '\0')
        return complain(complaint, "--limit %.150s: luaheat-lua cannot tell what holds code",
                        limit->words);
    if (code->problem != NULL)
        return complain(complaint, "--limit %.150s: %.250s", limit->words, code->problem);
    uint32_t next = code_lines_at(code, limit->line);
    if (next == limit->line)
        return 0;
    if (next == 0)
        return complain(complaint,
                        "--limit %.150s: line %" PRIu32 " holds no code, nor does a later one",
                        limit->words, limit->line);
    return complain(
        complaint, "--limit %.150s: line %" PRIu32 " holds no code; the next that does is %" PRIu32,
        limit->words, limit->line, next);
}

int limit_locate(struct limit *limit, const struct interpreter *interpreter, char *complaint) {
    if (limit->file == NULL)
        return 0;
    int error = find_file(limit, complaint);
    if (error != 0)
        return error;
    struct code_lines code;
    error = code_lines_read(&code, interpreter, limit->path);
    if (error == 0)
        error = find_line(limit, &code, complaint);
    else
        complain(complaint, "cannot ask %.150s where %.150s holds code: %s", interpreter->path,
                 limit->file, strerror(-error));
    code_lines_finish(&code);
    return error != 0 ? -EINVAL : 0;
}

/* ---- its figure ---- */

static bool of_file(const struct limit *limit, const struct figures *figures,
                    const struct lines_row *row) {
    const char *path = lines_path(figures, row);
    return path != NULL && strcmp(path, limit->path) == 0;
}

static bool has_figures(const struct limit *limit, const struct limit_run *run) {
    for (size_t i = 0; i < run->lines->count; i++)
        if (of_file(limit, run->figures, &run->lines->rows[i]))
            return true;
    return false;
}

const char *limit_idles(const struct limit *limit, const struct limit_run *run) {
    if (limit->file != NULL && !has_figures(limit, run))
        return "no line of that file allocated anything; did it run?";
    if (limit->of_suspects && largest(run, limit->words, judged_windows) < MEASURED_LEAST)
        return "there are too few windows of that measurement that the collector has gone through; "
               "let it run longer, or use --collect";
    if (limit->figure->of_program == program_retained && largest(run, NULL, judged_windows) < 1)
        return "no window was measured; use --measure, and --collect";
    return NULL;
}

int64_t limit_value(const struct limit *limit, const struct limit_run *run) {
    if (limit->file == NULL)
        return limit->figure->of_program(run, limit);
    int64_t value = 0;
    for (size_t i = 0; i < run->lines->count; i++)
        if (run->lines->rows[i].line == limit->line &&
            of_file(limit, run->figures, &run->lines->rows[i]))
            value = lines_sum(value, limit->figure->of_line(&run->lines->rows[i]));
    return value;
}
