/* SPDX-License-Identifier: MIT */
#include "complain.h"
#include "diff_limits.h"
#include "handmade_recording.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct recording before, after;
static struct diff_limits limits;
static char complaint[COMPLAINT_BYTES];
static char *text;

static void setup(void) {
    struct recorded_file *file = handmade_file(&before, "(startup)");
    handmade_line(file, 0, NULL, 1000);
    handmade_line(handmade_file(&before, "/home/a.lua"), 3, "x = {}", 5000);
    before.live = 6000;
    before.peak = 7000;
    file = handmade_file(&after, "(startup)");
    handmade_line(file, 0, NULL, 9000);
    file = handmade_file(&after, "/home/a.lua");
    handmade_line(file, 4, "x = {}", 6500);
    handmade_line(file, 9, "y = {}", 56);
    after.live = 15556;
    after.peak = 16000;
}

static void teardown(void) {
    diff_limits_finish(&limits);
    recording_finish(&before);
    recording_finish(&after);
    free(text);
}

TestSuite(diff_limits, .init = setup, .fini = teardown);

static void add(const char *words) {
    cr_assert_eq(diff_limits_add(&limits, words, complaint), 0, "%s", complaint);
}

static size_t judge(void) {
    const struct screen screen = {.cwd = "/home"};
    struct comparison comparison;
    size_t size;
    free(text);
    FILE *file = open_memstream(&text, &size);
    cr_assert_eq(comparison_make(&comparison, &before, &after), 0);
    size_t broken = diff_limits_judge(&limits, &comparison, &screen, file);
    comparison_finish(&comparison);
    fclose(file);
    return broken;
}

static void expect_text(const char *part) {
    cr_assert_not_null(strstr(text, part), "no \"%s\" in:\n%s", part, text);
}

Test(diff_limits, nothing_is_said_when_all_are_kept) {
    add("line=1.5KB");
    add("heap=9KB");
    add("live=9556");
    add("allocated=9556");
    add("allocations=1");
    cr_assert_eq(judge(), 0);
    cr_assert_str_eq(text, "");
}

Test(diff_limits, a_line_is_told_with_its_place_and_text) {
    add("line=1KB");
    cr_assert_eq(judge(), 1);
    cr_assert_str_eq(
        text, "luaheat: 1 of 1 limit broken\n\n  line=1KB\n"
              "    a.lua:4  6,500 bytes of growth, +1,500: 500 more than the limit of 1,000\n"
              "        x = {}\n");
}

Test(diff_limits, a_new_line_rose_from_nothing_and_a_pseudo_line_is_none) {
    add("line=55");
    cr_assert_eq(judge(), 1);
    expect_text("a.lua:9  56 bytes of growth, +56: 1 more than the limit of 55\n");
    cr_assert_null(strstr(text, "startup"));
}

Test(diff_limits, the_whole_run_is_told_by_its_figures) {
    add("heap=8999");
    add("live=9555");
    add("allocated=9555");
    add("allocations=0");
    cr_assert_eq(judge(), 4);
    expect_text("16,000 bytes of heap at its peak, +9,000: 1 more than the limit of 8,999\n");
    expect_text("15,556 bytes live at the end, +9,556: 1 more than the limit of 9,555\n");
    expect_text("15,556 bytes allocated, +9,556: 1 more than the limit of 9,555\n");
    expect_text("3 allocations, +1: 1 more than the limit of 0\n");
}

Test(diff_limits, many_broken_lines_are_not_all_listed) {
    for (uint32_t i = 0; i < 30; i++)
        handmade_line(&after.files[1], 10 + i, NULL, 500);
    add("line=400");
    cr_assert_eq(judge(), 1);
    expect_text("    and 11 more lines\n");
}

static void expect_complaint(const char *words, const char *about) {
    cr_assert_eq(diff_limits_add(&limits, words, complaint), -EINVAL, "%s", words);
    cr_assert_not_null(strstr(complaint, about), "%s: %s", words, complaint);
}

Test(diff_limits, each_mistake_is_named) {
    expect_complaint("", "WHAT=SIZE");
    expect_complaint("line", "'line'");
    expect_complaint("growth=1", "'growth=1'");
    expect_complaint("line=", "''");
    expect_complaint("line=-1", "'-1'");
    expect_complaint("allocations=1KB", "whole number");
}
