/* SPDX-License-Identifier: MIT */
#include "limit.h"

#include "code_lines.h"
#include "complain.h"
#include "measured.h"
#include "options.h"
#include "units.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- what can be limited: columns, and what no line has ---- */

struct limit_whole {
    const char *name;
    const char *amount; /* "bytes of heap at its peak" */
    int64_t (*value)(const struct limit *limit, const struct limit_run *run);
};

static int64_t heap(const struct limit *limit, const struct limit_run *run) {
    return (int64_t)run->lines->peak;
}

static int64_t live(const struct limit *limit, const struct limit_run *run) {
    return (int64_t)run->lines->live;
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

static int64_t retained(const struct limit *limit, const struct limit_run *run) {
    return largest(run, NULL, median_retained);
}

static int64_t suspects(const struct limit *limit, const struct limit_run *run) {
    return largest(run, limit->words, suspected_lines);
}

enum { HEAP, LIVE, RETAINED, WHOLES };

static const struct limit_whole wholes[WHOLES] = {
    [HEAP] = {"heap", "bytes of heap at its peak", heap},
    [LIVE] = {"live", "bytes live at the end", live},
    [RETAINED] = {"retained", "bytes retained of a window", retained},
};

static const struct limit_whole whole_suspects = {"suspects", "lines suspected of a leak",
                                                  suspects};

/* Sets the limit's figure: of one line or of the whole program. */
static bool find_figure(struct limit *limit, const char *name, size_t size, bool of_line) {
    limit->column = columns_find(of_line ? COLUMNS_TO_LIMIT : COLUMNS_TO_LIMIT_TOTAL, name, size);
    for (size_t i = 0; !of_line && i < WHOLES; i++)
        if (strlen(wholes[i].name) == size && memcmp(wholes[i].name, name, size) == 0)
            limit->whole = &wholes[i];
    return limit->column != COLUMN_NONE || limit->whole != NULL;
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
    int64_t number;
    size_t size = (size_t)(digits.end - digits.start);
    if (size >= sizeof text)
        return false;
    memcpy(text, digits.start, size);
    if (units_parse_count(text, &number) != 0 || number == 0 || number > INT32_MAX)
        return false;
    *line = (uint32_t)number;
    return true;
}

static int complain_what(const struct limit *limit, struct what what, char *complaint) {
    char totals[COLUMNS_WORDS_BYTES];
    int size = (int)(what.end - what.start);
    if (strpbrk(limit->words, "./:") != NULL && strpbrk(limit->words, "./:") < what.end)
        return complain(complaint, "--limit %.150s: which line of which file? Write FILE:LINE=SIZE",
                        limit->words);
    return complain(complaint,
                    "--limit %.150s: there is no '%.*s' to limit; use FILE:LINE, or of the whole "
                    "program %s, %s, %s, %s",
                    limit->words, size < 60 ? size : 60, what.start, wholes[HEAP].name,
                    wholes[LIVE].name, columns_words(COLUMNS_TO_LIMIT_TOTAL, ", ", totals),
                    wholes[RETAINED].name);
}

/* FILE:LINE[:FIGURE]; colon: the last one. */
static int parse_place(struct limit *limit, struct what what, const char *colon, char *complaint) {
    char names[COLUMNS_WORDS_BYTES];
    struct what tail = {colon + 1, what.end};
    limit->column = columns_for(COLUMNS_TO_LIMIT)[0];
    if (!parse_line(tail, &limit->line)) {
        bool found = find_figure(limit, tail.start, (size_t)(tail.end - tail.start), true);
        struct what place = {what.start, colon};
        colon = last_colon(place);
        if (colon == NULL || !parse_line((struct what){colon + 1, place.end}, &limit->line))
            return complain_what(limit, what, complaint);
        if (!found)
            return complain(complaint, "--limit %.150s: a line has no '%.*s'; use one of %s",
                            limit->words, (int)(tail.end - tail.start), tail.start,
                            columns_words(COLUMNS_TO_LIMIT, ", ", names));
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
    bool found = find_figure(limit, what.start, (size_t)(what.end - what.start), false);
    return found ? 0 : complain_what(limit, what, complaint);
}

int limit_parse(struct limit *limit, const char *words, char *complaint) {
    *limit = (struct limit){.words = words};
    const char *equals = strrchr(words, '=');
    if (equals == NULL || equals == words)
        return complain(
            complaint, "--limit takes WHAT=SIZE, such as heap=64MB or main.lua:3=1KB, not '%.150s'",
            words);
    int error = parse_what(limit, (struct what){words, equals}, complaint);
    bool counts = columns_table[limit->column].unit == COLUMN_COUNT;
    return error != 0 ? error : options_most(&limit->most, equals + 1, counts, words, complaint);
}

struct limit limit_of_suspects(const char *name) {
    return (struct limit){.words = name, .of_suspects = true, .whole = &whole_suspects};
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
    if (limit->of_suspects && largest(run, limit->words, judged_windows) < SUSPICION_LEAST)
        return "there are too few windows of that measurement; let it run longer, or use --collect";
    if (limit->whole == &wholes[RETAINED] && largest(run, NULL, judged_windows) < 1)
        return "no window was measured; use --measure, and --collect";
    return NULL;
}

const char *limit_amount(const struct limit *limit) {
    return limit->whole != NULL ? limit->whole->amount : columns_table[limit->column].amount;
}

/* Of its line, or of all. */
static bool is_meant(const struct limit *limit, const struct limit_run *run,
                     const struct lines_row *row) {
    return limit->file == NULL || (row->line == limit->line && of_file(limit, run->figures, row));
}

int64_t limit_value(const struct limit *limit, const struct limit_run *run) {
    if (limit->whole != NULL)
        return limit->whole->value(limit, run);
    int64_t sum = 0;
    for (size_t i = 0; i < run->lines->count; i++)
        if (is_meant(limit, run, &run->lines->rows[i]))
            sum = lines_sum(sum, columns_table[limit->column].value(&run->lines->rows[i]));
    return sum;
}
