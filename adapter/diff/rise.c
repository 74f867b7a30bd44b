/* SPDX-License-Identifier: MIT */
#include "rise.h"

#include "array.h"
#include "complain.h"
#include "units.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 20 }; /* that are told of one limit */

/* ---- what can rise ---- */

struct pair {
    int64_t before, after;
};

struct rise_figure {
    const char *name;
    const char *value;                                          /* "bytes of heap at its peak" */
    bool counts;                                                /* events, not bytes */
    struct pair (*of_run)(const struct comparison *comparison); /* NULL: it is each line's growth */
};

static struct pair heap(const struct comparison *comparison) {
    return (struct pair){comparison->before->peak, comparison->after->peak};
}

static struct pair live(const struct comparison *comparison) {
    return (struct pair){comparison->before->live, comparison->after->live};
}

static struct pair sum_of(const struct comparison *comparison, enum figure figure) {
    struct pair sum = {0};
    for (size_t i = 0; i < comparison->count; i++) {
        sum.before += comparison_figure(&comparison->rows[i].before, figure);
        sum.after += comparison_figure(&comparison->rows[i].after, figure);
    }
    return sum;
}

static struct pair allocated(const struct comparison *comparison) {
    return sum_of(comparison, FIGURE_ALLOCATED);
}

static struct pair allocations(const struct comparison *comparison) {
    return sum_of(comparison, FIGURE_ALLOCATIONS);
}

static const struct rise_figure rise_figures[] = {
    {"line", "bytes of growth", false, NULL},
    {"heap", "bytes of heap at its peak", false, heap},
    {"live", "bytes live at the end", false, live},
    {"allocated", "bytes allocated", false, allocated},
    {"allocations", "allocations", true, allocations},
};

/* ---- its words: WHAT=MOST ---- */

static const struct rise_figure *find_figure(const char *name, size_t size) {
    for (size_t i = 0; i < sizeof rise_figures / sizeof *rise_figures; i++)
        if (strlen(rise_figures[i].name) == size && memcmp(rise_figures[i].name, name, size) == 0)
            return &rise_figures[i];
    return NULL;
}

static int parse(struct rise_limit *limit, const char *words, char *complaint) {
    const char *equals = strchr(words, '=');
    *limit = (struct rise_limit){.words = words};
    if (equals != NULL)
        limit->figure = find_figure(words, (size_t)(equals - words));
    if (limit->figure == NULL)
        return complain(complaint,
                        "--limit takes WHAT=SIZE, where WHAT is line, heap, live, allocated or "
                        "allocations, not '%.150s'",
                        words);
    int error = limit->figure->counts ? units_parse_count(equals + 1, &limit->most)
                                      : units_parse_bytes(equals + 1, &limit->most);
    if (error == 0)
        return 0;
    return complain(complaint,
                    limit->figure->counts
                        ? "--limit %.150s: '%.60s' is no whole number"
                        : "--limit %.150s: '%.60s' is no size; write one like 500, 64KB, 64KiB or "
                          "1.5MB",
                    words, equals + 1);
}

int rise_add(struct rise_limits *limits, const char *words, char *complaint) {
    struct rise_limit *limit = array_add(limits);
    if (limit == NULL)
        return complain(complaint, "not enough memory");
    return parse(limit, words, complaint);
}

void rise_finish(struct rise_limits *limits) {
    free(limits->items);
    *limits = (struct rise_limits){0};
}

/* ---- the verdict ---- */

struct judging {
    const struct comparison *comparison;
    const struct screen *screen;
    FILE *file;
};

static bool breaks(const struct rise_limit *limit, const struct pair *pair) {
    return pair->after - pair->before > limit->most;
}

static void write_rise(const struct judging *judging, const struct rise_limit *limit,
                       const struct pair *pair) {
    char after[UNITS_ROOM], change[UNITS_ROOM], most[UNITS_ROOM], over[UNITS_ROOM];
    int64_t rise = pair->after - pair->before;
    units_exact_signed(after, pair->after);
    units_exact_change(change, rise);
    units_exact(most, (uint64_t)limit->most);
    units_exact(over, (uint64_t)(rise - limit->most));
    fprintf(judging->file, "%s %s, %s: %s more than the limit of %s\n", after, limit->figure->value,
            change, over, most);
}

static void write_safe(FILE *file, const char *text) {
    char *safe = screen_escape(text, strlen(text));
    if (safe != NULL)
        fputs(safe, file);
    free(safe);
}

static void write_line(const struct judging *judging, const struct rise_limit *limit,
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

static bool is_line(const struct comparison_row *row) {
    const struct comparison_side *place = comparison_place(row);
    return !recorded_is_pseudo(place->file, place->line);
}

/* Writes the first `shown` lines that break the limit; how many do. */
static size_t judge_lines(const struct judging *judging, const struct rise_limit *limit,
                          size_t shown) {
    size_t broken = 0;
    for (size_t i = 0; i < judging->comparison->count; i++) {
        const struct comparison_row *row = &judging->comparison->rows[i];
        const struct pair pair = {comparison_figure(&row->before, FIGURE_GROWTH),
                                  comparison_figure(&row->after, FIGURE_GROWTH)};
        if (!is_line(row) || !breaks(limit, &pair))
            continue;
        if (broken++ < shown)
            write_line(judging, limit, row, &pair);
    }
    return broken;
}

static bool is_broken(const struct judging *judging, const struct rise_limit *limit) {
    if (limit->figure->of_run == NULL)
        return judge_lines(judging, limit, 0) > 0;
    const struct pair pair = limit->figure->of_run(judging->comparison);
    return breaks(limit, &pair);
}

static void write_broken(const struct judging *judging, const struct rise_limit *limit) {
    fprintf(judging->file, "\n  %s\n", limit->words); /* that parsed: it is printable */
    if (limit->figure->of_run == NULL) {
        size_t broken = judge_lines(judging, limit, LINES);
        if (broken > LINES)
            fprintf(judging->file, "    and %zu more lines\n", broken - LINES);
        return;
    }
    const struct pair pair = limit->figure->of_run(judging->comparison);
    fputs("    ", judging->file);
    write_rise(judging, limit, &pair);
}

size_t rise_judge(const struct rise_limits *limits, const struct comparison *comparison,
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
