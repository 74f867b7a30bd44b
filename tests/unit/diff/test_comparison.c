/* SPDX-License-Identifier: MIT */
#include "comparison.h"
#include "handmade_recording.h"

#include <criterion/criterion.h>

static struct recording before, after;
static struct comparison comparison;

static void teardown(void) {
    comparison_finish(&comparison);
    recording_finish(&before);
    recording_finish(&after);
}

TestSuite(comparison, .fini = teardown);

static const struct comparison_row *row_at(size_t index) {
    cr_assert_lt(index, comparison.count);
    return &comparison.rows[index];
}

static void expect_row(size_t index, enum comparison_state state, uint32_t line, int64_t change) {
    const struct comparison_row *row = row_at(index);
    cr_assert_eq(comparison_state(row), state, "row %zu", index);
    cr_assert_eq(comparison_place(row)->line->line, line, "row %zu", index);
    cr_assert_eq(comparison_change(row, COLUMN_GROWTH), change, "row %zu", index);
}

static void make_runs(void) {
    struct recorded_file *old = handmade_file(&before, "/old/a.lua");
    handmade_line(old, 1, "gone", 100);
    handmade_line(old, 2, "stays", 50);
    handmade_line(old, 4, "moves", 10);
    handmade_line(handmade_file(&before, "/old/only.lua"), 3, "x", 30);
    struct recorded_file *new = handmade_file(&after, "/new/a.lua");
    handmade_line(new, 2, "stays", 50);
    handmade_line(new, 9, "moves", 12);
    handmade_line(new, 12, "new", 7);
    handmade_line(handmade_file(&after, "/new/other.lua"), 5, "y", 60);
}

Test(comparison, every_line_of_both_runs_is_in_it_once) {
    make_runs();
    cr_assert_eq(comparison_make(&comparison, &before, &after), 0);
    cr_assert_eq(comparison.count, 6);
    comparison_sort(&comparison, COLUMN_GROWTH);
    expect_row(0, COMPARISON_NEW, 5, 60);
    expect_row(1, COMPARISON_NEW, 12, 7);
    expect_row(2, COMPARISON_MOVED, 9, 2);
    expect_row(3, COMPARISON_SAME, 2, 0);
    expect_row(4, COMPARISON_GONE, 3, -30);
    expect_row(5, COMPARISON_GONE, 1, -100);
    cr_assert_not(comparison_changed(&comparison, row_at(3)));
    cr_assert(comparison_changed(&comparison, row_at(2)));
}

Test(comparison, changes_of_all_lines_are_the_change_of_the_whole) {
    int64_t sum = 0;
    make_runs();
    cr_assert_eq(comparison_make(&comparison, &before, &after), 0);
    for (size_t i = 0; i < comparison.count; i++)
        sum += comparison_change(&comparison.rows[i], COLUMN_LIVE);
    cr_assert_eq(sum, (50 + 12 + 7 + 60) - (100 + 50 + 10 + 30));
}

Test(comparison, in_source_order_a_gone_line_stands_before_a_new_one) {
    handmade_line(handmade_file(&before, "/a.lua"), 1, "old", 1);
    struct recorded_file *new = handmade_file(&after, "/a.lua");
    handmade_line(new, 1, "new", 100);
    handmade_line(new, 2, "and", 3);
    cr_assert_eq(comparison_make(&comparison, &before, &after), 0);
    comparison_sort(&comparison, COLUMN_LINE);
    expect_row(0, COMPARISON_GONE, 1, -1);
    expect_row(1, COMPARISON_NEW, 1, 100);
    expect_row(2, COMPARISON_NEW, 2, 3);
}

Test(comparison, one_figure_that_differs_is_a_change) {
    handmade_line(handmade_file(&before, "/a.lua"), 1, "x", 1);
    handmade_line(handmade_file(&after, "/a.lua"), 1, "x", 1)->figures[COLUMN_FREED] = 1;
    cr_assert_eq(comparison_make(&comparison, &before, &after), 0);
    cr_assert(comparison_changed(&comparison, row_at(0)));
    cr_assert_eq(comparison_change(row_at(0), COLUMN_GROWTH), 0);
}

Test(comparison, of_nothing_is_empty) {
    cr_assert_eq(comparison_make(&comparison, &before, &after), 0);
    cr_assert_eq(comparison.count, 0);
    comparison_sort(&comparison, COLUMN_GROWTH);
}
