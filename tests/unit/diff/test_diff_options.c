/* SPDX-License-Identifier: MIT */
#include "diff_options.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static struct diff_options options;
static char complaint[COMPLAINT_BYTES];

/* The words behind "diff", one blank between them. */
static int parse(const char *words) {
    static char text[256], *argv[32];
    int argc = 0;
    snprintf(text, sizeof text, "diff %s", words);
    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    diff_options_finish(&options);
    complaint[0] = '\0';
    return diff_options_parse(&options, argc, argv, complaint);
}

static void teardown(void) {
    diff_options_finish(&options);
}

TestSuite(diff_options, .fini = teardown);

Test(diff_options, two_files_alone_have_the_defaults) {
    cr_assert_eq(parse("a b"), 0);
    cr_assert_str_eq(options.files[0], "a");
    cr_assert_str_eq(options.files[1], "b");
    cr_assert_eq(options.sort, COLUMN_GROWTH);
    cr_assert_eq(options.format, MANUAL_TABLE);
    cr_assert_eq(options.top, DIFF_TABLE_ROWS);
    cr_assert_eq(options.limits.count, 0);
}

Test(diff_options, may_stand_before_between_and_behind_the_files) {
    cr_assert_eq(parse("--top 3 a --format=json b --sort peak --limit line=1KB --limit heap=0"), 0);
    cr_assert_str_eq(options.files[0], "a");
    cr_assert_str_eq(options.files[1], "b");
    cr_assert_eq(options.top, 3);
    cr_assert_eq(options.format, MANUAL_JSON);
    cr_assert_eq(options.sort, COLUMN_AT_PEAK);
    cr_assert_eq(options.limits.count, 2);
}

Test(diff_options, json_and_csv_hold_everything_unless_told_otherwise) {
    cr_assert_eq(parse("--format csv a b"), 0);
    cr_assert_eq(options.top, 0);
    cr_assert_eq(parse("--sort line a b"), 0);
    cr_assert_eq(options.sort, COLUMN_LINE);
}

Test(diff_options, two_dashes_end_them) {
    cr_assert_eq(parse("a -- --top"), 0);
    cr_assert_str_eq(options.files[1], "--top");
    cr_assert_eq(parse("-- -a -b"), 0);
    cr_assert_str_eq(options.files[0], "-a");
}

Test(diff_options, help_needs_no_files) {
    cr_assert_eq(parse("a --help"), 0);
    cr_assert(options.help);
}

static void expect_complaint(const char *words, const char *about) {
    cr_assert_eq(parse(words), -EINVAL, "%s", words);
    cr_assert_not_null(strstr(complaint, about), "%s: %s", words, complaint);
}

Test(diff_options, each_mistake_is_named) {
    expect_complaint("", "which two");
    expect_complaint("a", "which two");
    expect_complaint("a b c", "'c'");
    expect_complaint("-- a b c", "'c'");
    expect_complaint("a --fast b", "'--fast'");
    expect_complaint("-x a b", "'-x'");
    expect_complaint("a b --top", "'--top'");
    expect_complaint("a b --top -1", "'-1'");
    expect_complaint("a b --sort colour", "'colour'");
    expect_complaint("a b --format xml", "'xml'");
    expect_complaint("a b --limit pile=1", "'pile=1'");
    expect_complaint("--help=1 a b", "'--help=1'");
}
