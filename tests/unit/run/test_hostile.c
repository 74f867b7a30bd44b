/* SPDX-License-Identifier: MIT */
/* Whatever a program has written over its figures, and while it goes on: they are read, and shown
   by everything that shows them. Run under the sanitizers as well. */
#include "ages.h"
#include "complain.h"
#include "export.h"
#include "figures_copy.h"
#include "handmade_figures.h"
#include "hostile_figures.h"
#include "manual.h"
#include "report_table.h"
#include "run_limits.h"
#include "sampled.h"
#include "snapshot.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ROUNDS = 60 };

/* A figure that is lost in a file nobody keeps. */
static FILE *nowhere(void) {
    FILE *file = fopen("/dev/null", "w");
    cr_assert_not_null(file);
    return file;
}

static void show_snapshots(const struct figures *figures, struct lines *lines) {
    uint32_t epochs[AGES_EPOCHS] = {1, 2, 3, 50, UINT32_MAX};
    struct snapshot snapshot;
    struct ages ages;
    cr_assert_eq(snapshot_take(&snapshot, lines), 0);
    cr_assert_eq(snapshot_add_ages(&snapshot, figures, epochs, 5), 0);
    cr_assert_eq(ages_read(&ages, figures, epochs, 5), 0);
    snapshot_subtract(&snapshot, &ages, lines);
    snapshot_show(&snapshot, lines);
    ages_finish(&ages);
    snapshot_finish(&snapshot);
}

static void judge(const struct figures *figures, const struct lines *lines, FILE *file) {
    static const struct measured_settings measuring = {1};
    char complaint[COMPLAINT_BYTES];
    struct run_limits limits = {0};
    const struct limit_run run = {figures, lines, &measuring};
    cr_assert_eq(run_limits_add(&limits, "heap=1", complaint), 0);
    cr_assert_eq(run_limits_add(&limits, "live=1", complaint), 0);
    cr_assert_eq(run_limits_add(&limits, "allocated=1", complaint), 0);
    cr_assert_eq(run_limits_add(&limits, "retained=1", complaint), 0);
    cr_assert_eq(run_limits_add_suspects(&limits, "?", complaint), 0);
    run_limits_judge(&limits, &run, file);
    run_limits_finish(&limits);
}

static void show_lines(const struct figures *figures, FILE *file) {
    static const struct measured_settings measuring = {3};
    const struct screen screen = {.columns = 100, .cwd = "/"};
    struct lines lines;
    struct snapshot start;
    cr_assert_eq(lines_read(&lines, figures), 0);
    cr_assert_eq(snapshot_take(&start, &lines), 0);
    snapshot_measure(&start, &lines);
    for (const enum column_id *id = columns_for(COLUMNS_TO_SORT); *id != COLUMN_NONE; id++) {
        const struct report report = {figures, &lines, *id, 20, measuring};
        lines_sort(&lines, figures, *id);
        cr_assert_eq(report_table(file, &report, &screen), 0);
    }
    judge(figures, &lines, file);
    lines_finish(&lines);
    cr_assert_eq(lines_read(&lines, figures), 0);
    show_snapshots(figures, &lines);
    lines_finish(&lines);
    snapshot_finish(&start);
}

static void show_all(const struct figures *figures) {
    static const struct measured_settings measuring = {0};
    FILE *file = nowhere();
    show_lines(figures, file);
    for (const char *const *name = manual_export_formats; *name != NULL; name++)
        cr_assert_eq(
            export_write(export_find(*name, strlen(*name)), file, figures, &measuring, NULL), 0);
    fclose(file);
}

Test(hostile, any_figures_are_shown) {
    struct figures *figures = handmade_create();
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        hostile_fill(figures, seed);
        show_all(figures);
    }
    handmade_destroy(figures);
}

/* Double reads are found here: what was checked is another number when it is used. */
Test(hostile, figures_that_are_being_scribbled_over_are_shown) {
    struct figures *written = handmade_create();
    struct figures_copy copy;
    struct hostile_writer writer;
    cr_assert_eq(figures_copy_init(&copy, written), 0);
    hostile_start(&writer, written);
    for (int round = 0; round < ROUNDS; round++) {
        figures_copy_read(&copy);
        show_all(copy.figures);
    }
    hostile_stop(&writer);
    figures_copy_finish(&copy);
    handmade_destroy(written);
}

/* ---- the copy ---- */

Test(hostile, a_copy_counts_no_more_than_there_is_room_for) {
    struct figures *figures = handmade_create(), *copy = handmade_create();
    memset(figures->text, 'x', FIGURES_MAX_TEXT);
    figures->source_count = figures->site_count = figures->text_bytes = UINT32_MAX;
    figures->windows.measurement_count = figures->windows.line_count = UINT32_MAX;
    figures->windows.epochs.count = figures->windows.epochs.row_count = UINT32_MAX;
    figures->windows.measurements[0].point_count = UINT32_MAX;
    figures->stacks.function_count = figures->stacks.node_count = UINT32_MAX;
    figures->stacks.text_bytes = figures->timeline.count = UINT32_MAX;
    figures_copy_into(copy, figures);
    cr_assert_eq(copy->source_count, FIGURES_MAX_SOURCES);
    cr_assert_eq(copy->site_count, FIGURES_MAX_SITES);
    cr_assert_eq(copy->text_bytes, FIGURES_MAX_TEXT - 1);
    cr_assert_eq(copy->text[FIGURES_MAX_TEXT - 1], '\0', "any text ends in its room");
    cr_assert_eq(copy->windows.measurement_count, WINDOWS_MEASUREMENTS);
    cr_assert_eq(copy->windows.line_count, WINDOWS_LINES);
    cr_assert_eq(copy->windows.epochs.count, WINDOWS_EPOCHS);
    cr_assert_eq(copy->windows.epochs.row_count, WINDOWS_ROWS);
    cr_assert_eq(copy->windows.measurements[0].point_count, WINDOWS_POINTS);
    cr_assert_eq(copy->stacks.function_count, STACKS_FUNCTIONS);
    cr_assert_eq(copy->stacks.node_count, STACKS_NODES);
    cr_assert_eq(copy->stacks.text_bytes, STACKS_TEXT - 1);
    cr_assert_eq(copy->timeline.count, TIMELINE_POINTS);
    handmade_destroy(copy);
    handmade_destroy(figures);
}

static struct lines_row only_row(const struct figures *figures) {
    struct lines lines;
    cr_assert_eq(lines_read(&lines, figures), 0);
    cr_assert_eq(lines.count, 1);
    struct lines_row row = lines.rows[0];
    lines_finish(&lines);
    return row;
}

Test(hostile, a_copy_is_what_was_there_and_stays_so) {
    struct figures *figures = handmade_create(), *copy = calloc(1, sizeof *copy);
    uint32_t site = handmade_site(figures, handmade_file(figures, "/a.lua"), 7);
    handmade_allocate(figures, site, FIGURES_TABLE, 56);
    figures_copy_into(copy, figures);
    handmade_allocate(figures, site, FIGURES_TABLE, 100);
    figures->site_count = UINT32_MAX;
    memset(figures->text, 'x', 1000);
    struct lines_row row = only_row(copy);
    cr_assert_eq(row.live, 56);
    cr_assert_eq(row.line, 7);
    cr_assert_str_eq(lines_path(copy, &row), "/a.lua");
    free(copy);
    handmade_destroy(figures);
}

Test(hostile, a_later_copy_has_what_is_new) {
    struct figures *figures = handmade_create(), *copy = calloc(1, sizeof *copy);
    figures_copy_into(copy, figures);
    uint32_t site = handmade_site(figures, handmade_file(figures, "/new.lua"), 7);
    handmade_allocate(figures, site, FIGURES_TABLE, 56);
    figures_copy_into(copy, figures);
    struct lines_row row = only_row(copy);
    cr_assert_str_eq(lines_path(copy, &row), "/new.lua");
    free(copy);
    handmade_destroy(figures);
}
