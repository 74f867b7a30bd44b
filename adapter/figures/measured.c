/* SPDX-License-Identifier: MIT */
#include "measured.h"

#include "ages.h"
#include "suspects.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- which windows ---- */

struct reading {
    const struct figures *figures;
    const struct measurement *measurement;
    const struct measured_settings *settings;
    size_t open;
    size_t count;
    const struct window *windows[WINDOWS_KEPT]; /* that count, the oldest first */
    struct suspects_points points;
    struct spread_series series; /* at work */
};

static bool is_closed(const struct window *window) {
    return atomic_load_explicit(&window->end_epoch, memory_order_acquire) != 0;
}

static void pick_windows(struct reading *reading) {
    const struct measurement *measurement = reading->measurement;
    uint64_t opened = measurement->opened;
    uint64_t number = opened > WINDOWS_KEPT ? opened - WINDOWS_KEPT : 0;
    while (number++ < opened) {
        const struct window *window = &measurement->kept[number % WINDOWS_KEPT];
        if (window->number != number)
            continue; /* given up */
        if (!is_closed(window))
            reading->open++;
        else if (number > reading->settings->warmup)
            reading->windows[reading->count++] = window;
    }
}

static bool is_recent(const struct reading *reading, const struct window *window) {
    return window->number + WINDOWS_RECENT > reading->measurement->opened;
}

static bool is_told_apart(const struct reading *reading, const struct window *window) {
    return ages_tell_apart(reading->figures, window->first_epoch, window->end_epoch);
}

static void read_points(struct reading *reading, struct measured *measured) {
    reading->points = suspects_points(reading->measurement, reading->settings->warmup);
    measured->judged = reading->points.count;
    memcpy(measured->points, reading->measurement->points + reading->points.first,
           measured->judged * sizeof *measured->points);
}

/* ---- all lines together ---- */

typedef int64_t window_figure(const struct window_share *share);

static int64_t growth_of(const struct window_share *share) {
    return (int64_t)(share->allocated - share->freed);
}

static int64_t allocated_of(const struct window_share *share) {
    return (int64_t)share->allocated;
}

static int64_t freed_of(const struct window_share *share) {
    return (int64_t)share->freed;
}

static struct spread spread_over_all(struct reading *reading, window_figure *figure) {
    reading->series.count = 0;
    for (size_t i = 0; i < reading->count; i++)
        spread_add(&reading->series, figure(&reading->windows[i]->all));
    return spread_of(&reading->series);
}

static struct spread retained_over_all(struct reading *reading) {
    reading->series.count = 0;
    for (size_t i = 0; i < reading->count; i++) {
        const struct window *window = reading->windows[i];
        if (is_recent(reading, window) && is_told_apart(reading, window))
            spread_add(&reading->series,
                       ages_of_all(reading->figures, window->first_epoch, window->end_epoch));
    }
    return spread_of(&reading->series);
}

static void read_all(struct reading *reading, struct measured *measured) {
    measured->figures = (struct measured_figures){
        .growth = spread_over_all(reading, growth_of),
        .allocated = spread_over_all(reading, allocated_of),
        .freed = spread_over_all(reading, freed_of),
        .retained = retained_over_all(reading),
    };
}

/* ---- the last windows ---- */

static void read_recent(const struct reading *reading, struct measured *measured) {
    for (size_t i = 0; i < reading->count && measured->recent_count < WINDOWS_RECENT; i++) {
        const struct window *window = reading->windows[i];
        if (!is_recent(reading, window))
            continue;
        bool known = is_told_apart(reading, window);
        measured->recent[measured->recent_count++] = (struct measured_window){
            .number = window->number,
            .growth = growth_of(&window->all),
            .allocated = allocated_of(&window->all),
            .freed = freed_of(&window->all),
            .retained =
                known ? ages_of_all(reading->figures, window->first_epoch, window->end_epoch) : -1,
            .heap = window->heap_after,
        };
    }
}

/* ---- one line ---- */

/* What it did in a window; nothing if it did nothing. */
static const struct window_share *share_in(const struct window_line *line,
                                           const struct window *window) {
    static const struct window_share nothing;
    const struct window_share *share = &line->recent[window->number % WINDOWS_RECENT];
    return share->window == window->number ? share : &nothing;
}

static void read_recent_of_line(const struct measured *measured, const struct window_line *line,
                                int64_t recent[]) {
    for (size_t i = 0; i < measured->recent_count; i++)
        recent[i] =
            growth_of(share_in(line, &(struct window){.number = measured->recent[i].number}));
}

static struct spread spread_over_line(struct reading *reading, const struct window_line *line,
                                      window_figure *figure) {
    reading->series.count = 0;
    for (size_t i = 0; i < reading->count; i++)
        if (is_recent(reading, reading->windows[i]))
            spread_add(&reading->series, figure(share_in(line, reading->windows[i])));
    return spread_of(&reading->series);
}

static int64_t retained_of(const struct reading *reading, const struct window_line *line,
                           const struct window *window) {
    return ages_of_site(reading->figures, line->site, window->first_epoch, window->end_epoch);
}

static struct spread retained_over_line(struct reading *reading, const struct window_line *line) {
    reading->series.count = 0;
    for (size_t i = 0; i < reading->count; i++) {
        const struct window *window = reading->windows[i];
        if (is_recent(reading, window) && is_told_apart(reading, window))
            spread_add(&reading->series, retained_of(reading, line, window));
    }
    return spread_of(&reading->series);
}

static struct measured_line read_line(struct reading *reading, const struct measured *measured,
                                      const struct window_line *line) {
    const struct figures_site *site = &reading->figures->sites[line->site];
    struct measured_line out = {
        .place = {.site = line->site, .source = site->source, .line = site->line},
        .figures = {.growth = spread_over_line(reading, line, growth_of),
                    .allocated = spread_over_line(reading, line, allocated_of),
                    .freed = spread_over_line(reading, line, freed_of),
                    .retained = retained_over_line(reading, line)}};
    read_recent_of_line(measured, line, out.recent);
    out.suspicion = suspects_judge(reading->measurement, &reading->points, line, out.living);
    out.holder = atomic_load_explicit(&line->holder, memory_order_acquire);
    return out;
}

/* Did it do anything in the windows that count? */
static bool takes_part(const struct reading *reading, const struct window_line *line) {
    for (size_t i = 0; i < reading->count; i++)
        if (is_recent(reading, reading->windows[i]) &&
            share_in(line, reading->windows[i])->window != 0)
            return true;
    return false;
}

static void add_line(struct reading *reading, struct measured *measured,
                     const struct window_line *line) {
    struct measured_line *added = &measured->lines[measured->count];
    *added = read_line(reading, measured, line);
    bool suspected = added->suspicion.level != SUSPICION_NONE;
    measured->suspects += suspected;
    measured->count += suspected || takes_part(reading, line);
}

static int read_lines(struct reading *reading, struct measured *measured, size_t index) {
    const struct windows_figures *windows = &reading->figures->windows;
    measured->lines = calloc(windows_lines(windows) + 1, sizeof *measured->lines);
    if (measured->lines == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < windows_lines(windows); i++)
        if (windows->lines[i].measurement == index && windows->lines[i].site < FIGURES_MAX_SITES)
            add_line(reading, measured, &windows->lines[i]);
    return 0;
}

/* ---- their order ---- */

static int descending(int64_t left, int64_t right) {
    return (left < right) - (left > right);
}

static int compare_lines(const void *a, const void *b) {
    const struct measured_line *left = a, *right = b;
    int order = descending(left->suspicion.level != SUSPICION_NONE,
                           right->suspicion.level != SUSPICION_NONE);
    if (order == 0)
        order = descending(left->figures.growth.median, right->figures.growth.median);
    return order != 0 ? order : descending(right->place.site, left->place.site);
}

size_t measured_count(const struct figures *figures) {
    if (figures->magic != FIGURES_MAGIC)
        return 0;
    return windows_measurements(&figures->windows);
}

/* The program may have scribbled over it. */
static const char *name_of(const struct measurement *measurement) {
    bool ends = memchr(measurement->name, '\0', sizeof measurement->name) != NULL;
    return ends && text_valid(measurement->name, strlen(measurement->name)) ? measurement->name
                                                                            : "?";
}

const char *measured_name(const struct figures *figures, size_t index) {
    return name_of(&figures->windows.measurements[index]);
}

int measured_read(struct measured *measured, const struct figures *figures, size_t index,
                  const struct measured_settings *settings) {
    *measured = (struct measured){0};
    struct reading *reading = malloc(sizeof *reading);
    if (reading == NULL)
        return -ENOMEM;
    *reading = (struct reading){.figures = figures,
                                .measurement = &figures->windows.measurements[index],
                                .settings = settings};
    pick_windows(reading);
    read_points(reading, measured);
    measured->name = name_of(reading->measurement);
    uint64_t closed = reading->measurement->closed;
    measured->windows = closed > settings->warmup ? closed - settings->warmup : 0;
    measured->open = reading->open;
    read_all(reading, measured);
    read_recent(reading, measured);
    int error = read_lines(reading, measured, index);
    free(reading);
    if (error != 0)
        return error;
    qsort(measured->lines, measured->count, sizeof *measured->lines, compare_lines);
    return causes_find(&measured->causes, measured->lines, measured->suspects, figures);
}

void measured_finish(struct measured *measured) {
    free(measured->lines);
    causes_finish(&measured->causes);
    *measured = (struct measured){0};
}
