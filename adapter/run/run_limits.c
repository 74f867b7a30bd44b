/* SPDX-License-Identifier: MIT */
#include "run_limits.h"

#include "array.h"
#include "complain.h"
#include "screen.h"
#include "source_text.h"
#include "units.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* NULL, with the complaint, if memory is out. */
static struct limit *add(struct run_limits *limits, char *complaint) {
    struct limit *limit = array_add(limits);
    if (limit == NULL)
        complain(complaint, "not enough memory");
    return limit;
}

int run_limits_add(struct run_limits *limits, const char *words, char *complaint) {
    struct limit *limit = add(limits, complaint);
    return limit != NULL ? limit_parse(limit, words, complaint) : -EINVAL;
}

int run_limits_add_suspects(struct run_limits *limits, const char *name, char *complaint) {
    struct limit *limit = add(limits, complaint);
    if (limit == NULL)
        return -EINVAL;
    *limit = limit_of_suspects(name);
    return 0;
}

void run_limits_finish(struct run_limits *limits) {
    for (size_t i = 0; i < limits->count; i++)
        limit_finish(&limits->items[i]);
    free(limits->items);
    *limits = (struct run_limits){0};
}

int run_limits_locate(struct run_limits *limits, const struct interpreter *interpreter,
                      char *complaint) {
    int error = 0;
    for (size_t i = 0; i < limits->count && error == 0; i++)
        error = limit_locate(&limits->items[i], interpreter, complaint);
    return error;
}

/* ---- the verdict ---- */

struct judging {
    const struct limit_run *run;
    FILE *file;
    struct source_text sources;
};

static void write_safe(FILE *file, const char *bytes, size_t size) {
    char *safe = screen_escape(bytes, size);
    if (safe != NULL)
        fputs(safe, file);
    free(safe);
}

static int64_t excess(const struct judging *judging, const struct limit *limit) {
    int64_t value = limit_value(limit, judging->run);
    return value > limit->most ? value - limit->most : 0;
}

static void write_text(struct judging *judging, const struct limit *limit) {
    size_t size = 0;
    const char *text = limit->file != NULL
                           ? source_text_line(&judging->sources, limit->path, limit->line, &size)
                           : NULL;
    if (text == NULL)
        return;
    fputs("    ", judging->file);
    write_safe(judging->file, text, size);
    putc('\n', judging->file);
}

static void write_broken(struct judging *judging, const struct limit *limit, int64_t over) {
    char value[UNITS_ROOM], most[UNITS_ROOM], more[UNITS_ROOM];
    units_exact(value, (uint64_t)(limit->most + over));
    units_exact(most, (uint64_t)limit->most);
    units_exact(more, (uint64_t)over);
    fputs(limit->of_suspects ? "\n  --fail-on-growth " : "\n  ", judging->file);
    write_safe(judging->file, limit->words, strlen(limit->words));
    fprintf(judging->file, "\n    %s %s: %s more than the limit of %s\n", value,
            limit_amount(limit), more, most);
    write_text(judging, limit);
}

/* As it was given. */
static void write_words(const struct judging *judging, const struct limit *limit,
                        const char *before) {
    fputs(before, judging->file);
    fputs(limit->of_suspects ? "--fail-on-growth " : "--limit ", judging->file);
    write_safe(judging->file, limit->words, strlen(limit->words));
}

static size_t write_all_broken(struct judging *judging, const struct run_limits *limits) {
    size_t broken = 0;
    for (size_t i = 0; i < limits->count; i++)
        broken += excess(judging, &limits->items[i]) > 0;
    if (broken == 0)
        return 0;
    fprintf(judging->file, "luaheat: %zu of %zu limit%s broken\n", broken, limits->count,
            limits->count == 1 ? "" : "s");
    for (size_t i = 0; i < limits->count; i++) {
        int64_t over = excess(judging, &limits->items[i]);
        if (over > 0)
            write_broken(judging, &limits->items[i], over);
    }
    return broken;
}

static size_t write_all_idle(const struct judging *judging, const struct run_limits *limits) {
    size_t idle = 0;
    for (size_t i = 0; i < limits->count; i++) {
        const char *why = limit_idles(&limits->items[i], judging->run);
        if (why == NULL)
            continue;
        write_words(judging, &limits->items[i], "luaheat: ");
        fprintf(judging->file, " guards nothing: %s\n", why);
        idle++;
    }
    return idle;
}

enum run_limits_verdict run_limits_judge(const struct run_limits *limits,
                                         const struct limit_run *run, FILE *file) {
    struct judging judging = {.run = run, .file = file};
    size_t idle = write_all_idle(&judging, limits);
    size_t broken = write_all_broken(&judging, limits);
    source_text_finish(&judging.sources);
    return broken > 0 ? RUN_LIMITS_BROKEN : idle > 0 ? RUN_LIMITS_IDLE : RUN_LIMITS_KEPT;
}
