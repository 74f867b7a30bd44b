/* SPDX-License-Identifier: MIT */
#include "diff_limits.h"

#include "array.h"
#include "complain.h"
#include "options.h"
#include "units.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 20 }; /* that are told of one limit */

/* ---- what can rise: columns, and what no line has ---- */

struct pair {
    int64_t before, after;
};

struct diff_limit_whole {
    const char *name;
    const char *amount; /* "bytes of heap at its peak" */
    struct pair (*value)(const struct comparison *comparison);
};

static struct pair heap(const struct comparison *comparison) {
    return (struct pair){comparison->before->peak, comparison->after->peak};
}

static struct pair live(const struct comparison *comparison) {
    return (struct pair){comparison->before->live, comparison->after->live};
}

enum { HEAP, LIVE, WHOLES };

static const struct diff_limit_whole wholes[WHOLES] = {
    [HEAP] = {"heap", "bytes of heap at its peak", heap},
    [LIVE] = {"live", "bytes live at the end", live},
};

static const char *amount_of(const struct diff_limit *limit) {
    return limit->whole != NULL ? limit->whole->amount : columns_table[limit->column].amount;
}

static struct pair pair_of(const struct comparison_row *row, enum column_id column) {
    return (struct pair){comparison_figure(&row->before, column),
                         comparison_figure(&row->after, column)};
}

/* Of the whole run. */
static struct pair value_of(const struct diff_limit *limit, const struct comparison *comparison) {
    if (limit->whole != NULL)
        return limit->whole->value(comparison);
    struct pair sum = {0};
    for (size_t i = 0; i < comparison->count; i++) {
        struct pair pair = pair_of(&comparison->rows[i], limit->column);
        sum.before += pair.before;
        sum.after += pair.after;
    }
    return sum;
}

/* ---- its words: WHAT=MOST ---- */

static const char each_line[] = "line";

static bool is_named(const char *name, const char *words, size_t size) {
    return strlen(name) == size && memcmp(name, words, size) == 0;
}

static bool find_figure(struct diff_limit *limit, size_t size) {
    limit->each_line = is_named(each_line, limit->words, size);
    limit->column = limit->each_line ? columns_for(COLUMNS_TO_LIMIT)[0]
                                     : columns_find(COLUMNS_TO_LIMIT_TOTAL, limit->words, size);
    for (size_t i = 0; i < WHOLES; i++)
        if (is_named(wholes[i].name, limit->words, size))
            limit->whole = &wholes[i];
    return limit->column != COLUMN_NONE || limit->whole != NULL;
}

static int complain_what(const char *words, char *complaint) {
    char totals[COLUMNS_WORDS_BYTES];
    return complain(complaint,
                    "--limit takes WHAT=SIZE, where WHAT is %s, %s, %s, %s, not '%.150s'",
                    each_line, wholes[HEAP].name, wholes[LIVE].name,
                    columns_words(COLUMNS_TO_LIMIT_TOTAL, " or ", totals), words);
}

static int parse(struct diff_limit *limit, const char *words, char *complaint) {
    const char *equals = strchr(words, '=');
    *limit = (struct diff_limit){.words = words};
    if (equals == NULL || !find_figure(limit, (size_t)(equals - words)))
        return complain_what(words, complaint);
    bool counts = columns_table[limit->column].unit == COLUMN_COUNT;
    return options_most(&limit->most, equals + 1, counts, words, complaint);
}

int diff_limits_add(struct diff_limits *limits, const char *words, char *complaint) {
    struct diff_limit *limit = array_add(limits);
    if (limit == NULL)
        return complain(complaint, "not enough memory");
    return parse(limit, words, complaint);
}

void diff_limits_finish(struct diff_limits *limits) {
    free(limits->items);
    *limits = (struct diff_limits){0};
}

/* ---- the verdict ---- */

struct judging {
    const struct comparison *comparison;
    const struct screen *screen;
    FILE *file;
};

static bool breaks(const struct diff_limit *limit, const struct pair *pair) {
    return pair->after - pair->before > limit->most;
}

static void write_rise(const struct judging *judging, const struct diff_limit *limit,
                       const struct pair *pair) {
    char after[UNITS_ROOM], change[UNITS_ROOM], most[UNITS_ROOM], over[UNITS_ROOM];
    int64_t rise = pair->after - pair->before;
    units_exact_signed(after, pair->after);
    units_exact_change(change, rise);
    units_exact(most, (uint64_t)limit->most);
    units_exact(over, (uint64_t)(rise - limit->most));
    fprintf(judging->file, "%s %s, %s: %s more than the limit of %s\n", after, amount_of(limit),
            change, over, most);
}

static void write_safe(FILE *file, const char *text) {
    char *safe = screen_escape(text, strlen(text));
    if (safe != NULL)
        fputs(safe, file);
    free(safe);
}

static void write_line(const struct judging *judging, const struct diff_limit *limit,
                       const struct comparison_row *row, const struct pair *pair) {
    const struct comparison_side *place = comparison_place(row);
    fputs("    ", judging->file);
    write_safe(judging->file, screen_path(judging->screen, place->file->source));
    fprintf(judging->file, ":%" PRIu32 "  ", place->line->line);
    write_rise(judging, limit, pair);
    if (place->line->text == NULL)
        return;
    fputs("        ", judging->file);
    write_safe(judging->file, place->line->text);
    putc('\n', judging->file);
}

/* Writes the first `shown` lines that break the limit; how many do. */
static size_t judge_lines(const struct judging *judging, const struct diff_limit *limit,
                          size_t shown) {
    size_t broken = 0;
    for (size_t i = 0; i < judging->comparison->count; i++) {
        const struct comparison_row *row = &judging->comparison->rows[i];
        const struct pair pair = pair_of(row, limit->column);
        if (!comparison_is_line(row) || !breaks(limit, &pair))
            continue;
        if (broken++ < shown)
            write_line(judging, limit, row, &pair);
    }
    return broken;
}

static bool is_broken(const struct judging *judging, const struct diff_limit *limit) {
    if (limit->each_line)
        return judge_lines(judging, limit, 0) > 0;
    const struct pair pair = value_of(limit, judging->comparison);
    return breaks(limit, &pair);
}

static void write_broken(const struct judging *judging, const struct diff_limit *limit) {
    fprintf(judging->file, "\n  %s\n", limit->words); /* that parsed: it is printable */
    if (limit->each_line) {
        size_t broken = judge_lines(judging, limit, LINES);
        if (broken > LINES)
            fprintf(judging->file, "    and %zu more lines\n", broken - LINES);
        return;
    }
    const struct pair pair = value_of(limit, judging->comparison);
    fputs("    ", judging->file);
    write_rise(judging, limit, &pair);
}

size_t diff_limits_judge(const struct diff_limits *limits, const struct comparison *comparison,
                         const struct screen *screen, FILE *file) {
    const struct judging judging = {comparison, screen, file};
    size_t broken = 0;
    for (size_t i = 0; i < limits->count; i++)
        broken += is_broken(&judging, &limits->items[i]);
    if (broken == 0)
        return 0;
    fprintf(file, "luaheat: %zu of %zu limit%s broken\n", broken, limits->count,
            limits->count == 1 ? "" : "s");
    for (size_t i = 0; i < limits->count; i++)
        if (is_broken(&judging, &limits->items[i]))
            write_broken(&judging, &limits->items[i]);
    return broken;
}
