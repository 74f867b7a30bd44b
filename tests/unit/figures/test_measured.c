/* SPDX-License-Identifier: MIT */
#include "handmade_figures.h"
#include "measured.h"

#include <criterion/criterion.h>
#include <string.h>

/* As the runtime writes them: windows of one epoch each, side by side, and two lines. */
static struct figures *figures;
static struct measured measured;
static uint32_t line_1, line_2;

static void setup(void) {
    figures = handmade_create();
    uint32_t source = handmade_file(figures, "/a.lua");
    line_1 = handmade_site(figures, source, 1);
    line_2 = handmade_site(figures, source, 2);
    struct windows_figures *windows = &figures->windows;
    strcpy(windows->measurements[0].name, "frame");
    windows->measurement_count = 1;
    windows->line_count = 2;
    windows->lines[0].site = line_1;
    windows->lines[1].site = line_2;
    windows->epochs.row_count = 3;
    windows->epochs.row_of_cell[figures_cell_number(line_1, FIGURES_TABLE)] = 1;
    windows->epochs.row_of_cell[figures_cell_number(line_2, FIGURES_TABLE)] = 2;
}

static void teardown(void) {
    measured_finish(&measured);
    handmade_destroy(figures);
}

TestSuite(measured, .init = setup, .fini = teardown);

static void begin_epoch(void) {
    struct windows_epochs *epochs = &figures->windows.epochs;
    epochs->column[epochs->count] = (uint8_t)epochs->count;
    epochs->first[epochs->count++] = ++epochs->now;
}

/* What a line did in a window, and what is left of it. */
struct deed {
    uint64_t allocated, freed, retained;
};

static void note(size_t index, uint64_t number, struct deed deed) {
    struct windows_figures *windows = &figures->windows;
    struct window *window = &windows->measurements[0].kept[number % WINDOWS_KEPT];
    windows->lines[index].recent[number % WINDOWS_RECENT] =
        (struct window_share){number, deed.allocated > 0, deed.allocated, deed.freed};
    window->all.allocated += deed.allocated;
    window->all.freed += deed.freed;
    windows->epochs.live[index + 1][windows->epochs.count - 1] = deed.retained;
}

/* Another window, closed; nothing at a line is {0}. */
static void add_window(struct deed first, struct deed second) {
    struct measurement *measurement = &figures->windows.measurements[0];
    uint64_t number = ++measurement->opened;
    struct window *window = &measurement->kept[number % WINDOWS_KEPT];
    begin_epoch();
    *window = (struct window){.number = number, .first_epoch = figures->windows.epochs.now};
    if (first.allocated + first.freed > 0)
        note(0, number, first);
    if (second.allocated + second.freed > 0)
        note(1, number, second);
    window->end_epoch = figures->windows.epochs.now + 1;
    window->collections = figures->windows.epochs.collections;
    measurement->closed++;
}

/* All windows are closed, and the collector has gone through them `sweeps` times since. */
static void end(uint64_t sweeps) {
    begin_epoch();
    figures->windows.epochs.collections += sweeps;
}

static void read(uint64_t warmup, bool collected) {
    const struct measured_settings settings = {warmup, collected};
    measured_finish(&measured);
    cr_assert_eq(measured_read(&measured, figures, 0, &settings), 0);
}

static const struct measured_line *line_of(uint32_t site) {
    for (size_t i = 0; i < measured.count; i++)
        if (measured.lines[i].place.site == site)
            return &measured.lines[i];
    cr_assert_fail("no such line");
    return NULL;
}

static void check(const struct spread *spread, int64_t last, int64_t min, int64_t median,
                  int64_t max, int64_t trend) {
    cr_assert_eq(spread->last, last, "last %ld", (long)spread->last);
    cr_assert_eq(spread->min, min, "min %ld", (long)spread->min);
    cr_assert_eq(spread->median, median, "median %ld", (long)spread->median);
    cr_assert_eq(spread->max, max, "max %ld", (long)spread->max);
    cr_assert_eq(spread->trend, trend, "trend %ld", (long)spread->trend);
}

Test(measured, without_windows_there_is_nothing) {
    cr_assert_eq(measured_count(figures), 1);
    read(0, false);
    cr_assert_str_eq(measured.name, "frame");
    cr_assert_eq(measured.windows, 0);
    cr_assert_eq(measured.count, 0);
    check(&measured.figures.growth, 0, 0, 0, 0, 0);
}

Test(measured, spreads_over_the_windows) {
    add_window((struct deed){100, 0, 10}, (struct deed){0});
    add_window((struct deed){300, 50, 20}, (struct deed){7, 0, 7});
    add_window((struct deed){200, 400, 0}, (struct deed){0});
    add_window((struct deed){600, 0, 5}, (struct deed){0, 7, 0});
    end(0);
    read(0, false);
    cr_assert_eq(measured.windows, 4);
    /* 100, 250, -200, 600: the slope is (-1.5 * 100 - 0.5 * 250 + 0.5 * -200 + 1.5 * 600) / 5 */
    check(&line_of(line_1)->figures.growth, 600, -200, 175, 600, 105);
    check(&line_of(line_1)->figures.allocated, 600, 100, 250, 600, 140);
    check(&line_of(line_1)->figures.freed, 0, 0, 25, 400, 35);
    check(&line_of(line_1)->figures.retained, 5, 0, 7, 20, -4);
    /* 0, 7, 0, -7 */
    check(&line_of(line_2)->figures.growth, -7, -7, 0, 7, -3);
    /* 100, 257, -200, 593 */
    check(&measured.figures.growth, 593, -200, 178, 593, 102);
    check(&measured.figures.retained, 5, 0, 7, 27, -4);
}

Test(measured, a_warmup_and_open_windows_do_not_count) {
    add_window((struct deed){1000, 0, 0}, (struct deed){0});
    add_window((struct deed){3, 0, 0}, (struct deed){0});
    figures->windows.measurements[0].opened++;
    figures->windows.measurements[0].kept[3].number = 3;
    end(0);
    read(1, false);
    cr_assert_eq(measured.windows, 1);
    cr_assert_eq(measured.open, 1);
    check(&measured.figures.growth, 3, 3, 3, 3, 0);
    cr_assert_eq(measured.count, 1, "line 2 did nothing");
}

static const struct deed leak = {80, 0, 80}, churn = {500, 500, 0};

Test(measured, a_line_that_leaves_something_in_every_window_is_suspect) {
    for (int i = 0; i < 5; i++)
        add_window(leak, churn);
    end(3);
    read(0, false);
    cr_assert_eq(measured.judged, 5);
    cr_assert_eq(measured.suspects, 1);
    cr_assert_eq(measured.lines[0].place.site, line_1);
    cr_assert_eq(measured.lines[0].evidence, 5);
    for (int i = 0; i < 5; i++)
        cr_assert_eq(measured.lines[0].retained[i], 80);
    cr_assert_eq(measured.lines[1].evidence, 0);
}

Test(measured, nobody_is_suspected_before_the_collector_went_through) {
    for (int i = 0; i < 5; i++)
        add_window(leak, churn);
    end(2);
    read(0, false);
    cr_assert_eq(measured.judged, 0);
    cr_assert_eq(measured.suspects, 0);
    read(0, true);
    cr_assert_eq(measured.judged, 5, "after full collections all of it is no garbage");
    cr_assert_eq(measured.suspects, 1);
}

Test(measured, one_window_without_a_rest_clears_a_line) {
    add_window(leak, leak);
    add_window(leak, (struct deed){80, 0, 0});
    add_window(leak, leak);
    end(3);
    read(0, false);
    cr_assert_eq(measured.suspects, 1);
    cr_assert_eq(measured.lines[0].place.site, line_1);
}

Test(measured, a_full_cache_is_no_leak) {
    const struct deed replaced = {80, 80, 0}, still_there = {80, 80, 80};
    for (int i = 0; i < 5; i++)
        add_window(leak, i < 3 ? replaced : still_there);
    end(3);
    read(0, false);
    cr_assert_eq(measured.suspects, 1, "what it made first has been replaced");
    cr_assert_eq(measured.lines[0].place.site, line_1);
}

Test(measured, two_windows_are_no_evidence) {
    add_window(leak, churn);
    add_window(leak, churn);
    end(3);
    read(0, false);
    cr_assert_eq(measured.judged, 2);
    cr_assert_eq(measured.suspects, 0);
}

/* The last windows alone cannot tell a leak from a large cache, or from garbage that has grown old.
 */
Test(measured, windows_long_ago_are_judged_too) {
    struct measurement *measurement = &figures->windows.measurements[0];
    add_window(leak, (struct deed){80, 0, 0});
    measurement->milestones[0] = measurement->kept[1];
    measurement->milestone_count = 1;
    for (unsigned i = 0; i < WINDOWS_RECENT; i++)
        add_window(leak, leak);
    end(3);
    read(0, false);
    cr_assert_eq(measured.judged, WINDOWS_RECENT + 1);
    cr_assert_eq(measured.suspects, 1);
    cr_assert_eq(measured.lines[0].place.site, line_1);
    read(1, false);
    cr_assert_eq(measured.suspects, 2, "without the first one there is nothing to tell them apart");
}

Test(measured, the_worst_suspect_comes_first) {
    for (int i = 0; i < 4; i++)
        add_window(leak, (struct deed){900, 0, 900});
    end(3);
    read(0, false);
    cr_assert_eq(measured.suspects, 2);
    cr_assert_eq(measured.lines[0].place.site, line_2);
}

Test(measured, what_the_program_scribbled_does_no_harm) {
    add_window(leak, churn);
    memset(figures->windows.measurements[0].name, 'x', WINDOWS_NAME_BYTES);
    memset(&figures->windows.epochs, 0xff, sizeof figures->windows.epochs);
    figures->windows.lines[0].site = UINT32_MAX;
    figures->windows.line_count = UINT32_MAX;
    read(0, false);
    cr_assert_str_eq(measured.name, "?");
}

Test(measured, the_last_windows_one_by_one) {
    for (int i = 0; i < 20; i++)
        add_window((struct deed){(uint64_t)(100 + i), 40, 30}, i == 19 ? leak : (struct deed){0});
    end(0);
    read(0, false);
    cr_assert_eq(measured.recent_count, WINDOWS_RECENT);
    cr_assert_eq(measured.recent[0].number, 5, "the oldest first");
    cr_assert_eq(measured.recent[0].growth, 104 - 40);
    cr_assert_eq(measured.recent[15].number, 20);
    cr_assert_eq(measured.recent[15].growth, 119 - 40 + 80);
    cr_assert_eq(measured.recent[15].allocated, 119 + 80);
    cr_assert_eq(measured.recent[15].freed, 40);
    cr_assert_eq(measured.recent[15].retained, 30 + 80);
    cr_assert_eq(line_of(line_1)->recent[15], 119 - 40);
    cr_assert_eq(line_of(line_2)->recent[14], 0);
    cr_assert_eq(line_of(line_2)->recent[15], 80);
    read(18, false);
    cr_assert_eq(measured.recent_count, 2);
    cr_assert_eq(line_of(line_1)->recent[0], 118 - 40, "after the warm-up");
}

Test(measured, a_window_that_is_not_told_apart_any_more_has_no_retained) {
    add_window(leak, churn);
    end(0);
    figures->windows.epochs.first[0]++;
    read(0, false);
    cr_assert_eq(measured.recent[0].retained, -1);
}
