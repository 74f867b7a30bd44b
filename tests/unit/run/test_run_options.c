/* SPDX-License-Identifier: MIT */
#include "run_options.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static struct run_options options;
static char complaint[COMPLAINT_BYTES];

/* The words behind "run", one blank between them. */
static int parse(const char *words) {
    static char text[256], *argv[32];
    int argc = 0;
    snprintf(text, sizeof text, "run %s", words);
    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    run_options_finish(&options);
    complaint[0] = '\0';
    return run_options_parse(&options, argc, argv, complaint);
}

Test(run_options, a_script_alone_has_the_defaults) {
    cr_assert_eq(parse("a.lua"), 0);
    cr_assert_str_eq(options.script, "a.lua");
    cr_assert_eq(options.sort, COLUMN_GROWTH);
    cr_assert_eq(options.format, MANUAL_TABLE);
    cr_assert_eq(options.top, RUN_TABLE_ROWS);
    cr_assert_null(options.output);
    cr_assert_null(options.arguments[1]);
}

Test(run_options, values_follow_a_blank_or_an_equals_sign) {
    cr_assert_eq(parse("--sort=live --top 3 --format=csv -oout a.lua"), 0);
    cr_assert_eq(options.sort, COLUMN_LIVE);
    cr_assert_eq(options.top, 3);
    cr_assert_eq(options.format, MANUAL_CSV);
    cr_assert_str_eq(options.output, "out");
    cr_assert_eq(parse("--sort line --top=0 --format json -o - a.lua"), 0);
    cr_assert_eq(options.sort, COLUMN_LINE);
    cr_assert_eq(options.top, 0);
    cr_assert_eq(options.format, MANUAL_JSON);
    cr_assert_str_eq(options.output, "-");
}

Test(run_options, json_and_csv_hold_everything_unless_told_otherwise) {
    cr_assert_eq(parse("--format json a.lua"), 0);
    cr_assert_eq(options.top, 0);
    cr_assert_eq(parse("--top 20 --format csv a.lua"), 0);
    cr_assert_eq(options.top, 20);
}

Test(run_options, what_follows_the_script_is_the_scripts) {
    cr_assert_eq(parse("a.lua --top x -o -- --help"), 0);
    cr_assert_eq(options.top, RUN_TABLE_ROWS);
    cr_assert_not(options.help);
    const char *const expected[] = {"a.lua", "--top", "x", "-o", "--", "--help"};
    for (size_t i = 0; i < 6; i++)
        cr_assert_str_eq(options.arguments[i], expected[i]);
    cr_assert_null(options.arguments[6]);
}

Test(run_options, a_dash_is_a_script_and_two_end_the_options) {
    cr_assert_eq(parse("- a"), 0);
    cr_assert_str_eq(options.script, "-");
    cr_assert_eq(parse("--top 1 -- --top"), 0);
    cr_assert_str_eq(options.script, "--top");
    cr_assert_eq(options.top, 1);
}

static void expect_complaint(const char *words, const char *about) {
    cr_assert_eq(parse(words), -EINVAL, "%s", words);
    cr_assert_not_null(strstr(complaint, about), "%s: %s", words, complaint);
}

Test(run_options, limits_add_up) {
    cr_assert_eq(parse("--limit heap=1MB --limit=a.lua:3=1KB a.lua"), 0);
    cr_assert_eq(options.limits.count, 2);
    cr_assert_eq(options.limits.items[0].most, 1000000);
    cr_assert_eq(options.limits.items[1].line, 3);
    expect_complaint("--limit heap a.lua", "'heap'");
    expect_complaint("--limit heap=1MB --limit heap=x a.lua", "'x'");
    run_options_finish(&options);
}

Test(run_options, help_needs_no_script) {
    cr_assert_eq(parse("-h"), 0);
    cr_assert(options.help);
    cr_assert_eq(parse("--top 3 --help --nonsense"), 0);
    cr_assert(options.help);
}

Test(run_options, each_mistake_is_named) {
    expect_complaint("", "script");
    expect_complaint("--", "script");
    expect_complaint("--top 3", "script");
    expect_complaint("--fast a.lua", "'--fast'");
    expect_complaint("--top 3 --fast=2 a.lua", "'--fast=2'");
    expect_complaint("-x a.lua", "'-x'");
    expect_complaint("--help=1 a.lua", "'--help=1'");
    expect_complaint("--sort colour a.lua", "'colour'");
    expect_complaint("--format xml a.lua", "'xml'");
    expect_complaint("--sort", "'--sort'");
    expect_complaint("-o", "'-o'");
    expect_complaint("--output= a.lua", "-o");
    expect_complaint("--top= a.lua", "--top");
    for (size_t i = 0; i < 5; i++) {
        static const char *const wrong[] = {"-1", "+1", "1x", "0x10", "99999999999999999999"};
        char words[64];
        snprintf(words, sizeof words, "--top %s a.lua", wrong[i]);
        expect_complaint(words, wrong[i]);
    }
}

Test(run_options, a_long_word_does_not_burst_the_complaint) {
    char words[240] = "--sort ";
    memset(words + 7, 'x', 200);
    strcpy(words + 207, " a.lua");
    expect_complaint(words, "xxx");
    cr_assert_lt(strlen(complaint), COMPLAINT_BYTES);
}
