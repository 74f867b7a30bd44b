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
    windows->epochs.live[windows->epochs.count - 1][index + 1] = deed.retained;
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
    measurement->closed++;
}

/* All windows are closed. */
static void end(void) {
    begin_epoch();
}

static void read(uint64_t warmup) {
    const struct measured_settings settings = {warmup};
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
    read(0);
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
    end();
    read(0);
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
    end();
    read(1);
    cr_assert_eq(measured.windows, 1);
    cr_assert_eq(measured.open, 1);
    check(&measured.figures.growth, 3, 3, 3, 3, 0);
    cr_assert_eq(measured.count, 1, "line 2 did nothing");
}

static const struct deed leak = {80, 0, 80}, churn = {500, 500, 0};

/* Another window, with a point at its end: what lives of each line then. */
static void add_point(uint64_t first, uint64_t second) {
    struct measurement *measurement = &figures->windows.measurements[0];
    add_window(leak, churn);
    uint32_t at = measurement->point_count++;
    measurement->points[at] = measurement->opened;
    figures->windows.lines[0].living[at] = first;
    figures->windows.lines[1].living[at] = second;
}

Test(measured, a_line_that_keeps_more_and_more_is_suspect) {
    for (uint64_t i = 1; i <= 10; i++)
        add_point(80 * i, 500);
    end();
    read(0);
    cr_assert_eq(measured.judged, 10);
    cr_assert_eq(measured.points[9], 10);
    cr_assert_eq(measured.suspects, 1);
    cr_assert_eq(measured.lines[0].place.site, line_1);
    cr_assert_eq(measured.lines[0].suspicion.per_window, 80);
    cr_assert_eq(measured.lines[0].living[9], 800);
    cr_assert_eq(measured.lines[1].suspicion.level, SUSPICION_NONE);
}

Test(measured, points_of_a_warm_up_do_not_count) {
    for (uint64_t i = 1; i <= 18; i++)
        add_point(80 * i, i < 8 ? 100 * i : 800);
    end();
    read(8);
    cr_assert_eq(measured.judged, 10);
    cr_assert_eq(measured.points[0], 9);
    cr_assert_eq(measured.suspects, 1);
    cr_assert_eq(measured.lines[0].living[0], 80 * 9);
    read(12);
    cr_assert_eq(measured.suspects, 0, "too few are left");
}

Test(measured, points_that_end_too_early_tell_nothing) {
    for (uint64_t i = 1; i <= 10; i++)
        add_point(80 * i, 500);
    for (int i = 0; i < 2; i++)
        add_window(leak, churn);
    end();
    read(0);
    cr_assert_eq(measured.suspects, 1);
    add_window(leak, churn);
    read(0);
    cr_assert_eq(measured.judged, 0, "a quarter more has not been looked at");
    cr_assert_eq(measured.suspects, 0);
}

Test(measured, a_suspect_need_not_have_done_anything_lately) {
    for (uint64_t i = 1; i <= 10; i++)
        add_point(80 * i, 500);
    memset(figures->windows.lines[0].recent, 0, sizeof figures->windows.lines[0].recent);
    end();
    read(0);
    cr_assert_eq(measured.suspects, 1);
    cr_assert_eq(measured.lines[0].place.site, line_1);
}

Test(measured, what_keeps_most_of_a_window_comes_first) {
    for (uint64_t i = 1; i <= 10; i++)
        add_point(80 * i, 500 * i);
    end();
    read(0);
    cr_assert_eq(measured.suspects, 2);
    cr_assert_eq(measured.lines[0].place.site, line_2);
}

/* As the runtime writes it. */
static uint32_t write_holder(const char *text) {
    uint32_t at = figures->text_bytes;
    strcpy(figures->text + at, text);
    figures->text_bytes += (uint32_t)strlen(text) + 1;
    return at;
}

Test(measured, suspects_that_one_place_holds_are_one_cause) {
    uint32_t holder = write_holder("events.listeners.tick");
    figures->windows.lines[0].holder = figures->windows.lines[1].holder = holder;
    for (uint64_t i = 1; i <= 10; i++)
        add_point(80 * i, 500 * i);
    end();
    read(0);
    cr_assert_eq(measured.causes.count, 1);
    const struct cause *cause = &measured.causes.list[0];
    cr_assert_str_eq(cause->holder, "events.listeners.tick");
    cr_assert_eq(cause->per_window, 580);
    cr_assert_eq(cause->kept, 9 * 580);
    cr_assert_eq(cause->level, SUSPICION_CERTAIN);
    cr_assert(cause->first == 0 && cause->count == 2);
    cr_assert_eq(measured.lines[0].place.site, line_2, "what keeps most of its cause comes first");
}

Test(measured, a_cause_comes_by_what_all_of_its_lines_keep) {
    uint32_t line_3 = handmade_site(figures, handmade_file(figures, "/b.lua"), 3);
    figures->windows.line_count = 3;
    figures->windows.lines[2].site = line_3;
    figures->windows.lines[0].holder = figures->windows.lines[2].holder = write_holder("both");
    for (uint64_t i = 1; i <= 10; i++) {
        add_point(80 * i, 100 * i);
        figures->windows.lines[2].living[i - 1] = 40 * i;
    }
    end();
    read(0);
    cr_assert_eq(measured.causes.count, 2);
    cr_assert_str_eq(measured.causes.list[0].holder, "both");
    cr_assert_eq(measured.causes.list[0].per_window, 120);
    cr_assert_eq(measured.lines[0].place.site, line_1);
    cr_assert_eq(measured.lines[1].place.site, line_3);
    cr_assert_eq(measured.causes.list[1].holder, NULL);
    cr_assert(measured.causes.list[1].first == 2 && measured.causes.list[1].count == 1);
}

Test(measured, lines_whose_holders_are_not_known_are_causes_each) {
    for (uint64_t i = 1; i <= 10; i++)
        add_point(80 * i, 80 * i);
    end();
    read(0);
    cr_assert_eq(measured.causes.count, 2);
    for (int i = 0; i < 2; i++)
        cr_assert(measured.causes.list[i].holder == NULL && measured.causes.list[i].count == 1);
}

Test(measured, a_holder_that_was_scribbled_is_not_known) {
    const uint32_t wrong[] = {UINT32_MAX, figures->text_bytes, write_holder("\xff"), 0};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        figures->windows.lines[0].holder = wrong[i];
        figures->windows.measurements[0].point_count = 0;
        for (uint64_t n = 1; n <= 10; n++)
            add_point(80 * n, 500);
        end();
        read(0);
        cr_assert(measured.causes.count == 1 && measured.causes.list[0].holder == NULL, "%zu", i);
    }
}

Test(measured, no_line_of_the_program_is_no_suspect) {
    figures->windows.lines[1].site = FIGURES_STRING_TABLE;
    for (uint64_t i = 1; i <= 10; i++)
        add_point(80, 500 * i);
    end();
    read(0);
    cr_assert_eq(measured.suspects, 0);
}

Test(measured, what_the_program_scribbled_does_no_harm) {
    add_window(leak, churn);
    memset(figures->windows.measurements[0].name, 'x', WINDOWS_NAME_BYTES);
    memset(&figures->windows.epochs, 0xff, sizeof figures->windows.epochs);
    figures->windows.lines[0].site = UINT32_MAX;
    figures->windows.line_count = UINT32_MAX;
    read(0);
    cr_assert_str_eq(measured.name, "?");
}

Test(measured, the_last_windows_one_by_one) {
    for (int i = 0; i < 20; i++)
        add_window((struct deed){(uint64_t)(100 + i), 40, 30}, i == 19 ? leak : (struct deed){0});
    end();
    read(0);
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
    read(18);
    cr_assert_eq(measured.recent_count, 2);
    cr_assert_eq(line_of(line_1)->recent[0], 118 - 40, "after the warm-up");
}

Test(measured, a_window_that_is_not_told_apart_any_more_has_no_retained) {
    add_window(leak, churn);
    end();
    figures->windows.epochs.first[0]++;
    read(0);
    cr_assert_eq(measured.recent[0].retained, -1);
}
