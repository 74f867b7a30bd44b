/* SPDX-License-Identifier: MIT */
#include "complain.h"
#include "handmade_figures.h"
#include "limit.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct limit limit;
static char complaint[COMPLAINT_BYTES];

static void teardown(void) {
    limit_finish(&limit);
}

TestSuite(limit, .fini = teardown);

static void parse(const char *words) {
    limit_finish(&limit);
    cr_assert_eq(limit_parse(&limit, words, complaint), 0, "%s: %s", words, complaint);
}

Test(limit, of_a_line_is_its_growth) {
    parse("src/player.lua:42=1KB");
    cr_assert_str_eq(limit.file, "src/player.lua");
    cr_assert_eq(limit.line, 42);
    cr_assert_eq(limit.most, 1000);
    cr_assert_eq(limit.column, COLUMN_GROWTH);
}

Test(limit, of_a_line_may_be_another_figure) {
    parse("a.lua:1:allocations=10");
    cr_assert_str_eq(limit.file, "a.lua");
    cr_assert_eq(limit.line, 1);
    cr_assert_eq(limit.most, 10);
    cr_assert_eq(limit.column, COLUMN_ALLOCATIONS);
}

Test(limit, of_the_program_has_no_file) {
    parse("heap=64MiB");
    cr_assert_null(limit.file);
    cr_assert_eq(limit.most, 64 << 20);
    cr_assert_str_eq(limit_amount(&limit), "bytes of heap at its peak");
}

Test(limit, a_files_name_may_hold_what_separates) {
    parse("a:b=c d.lua:3=0");
    cr_assert_str_eq(limit.file, "a:b=c d.lua");
    cr_assert_eq(limit.line, 3);
    parse("a:7:3:live=0");
    cr_assert_str_eq(limit.file, "a:7");
    cr_assert_eq(limit.line, 3);
}

static void expect_complaint(const char *words, const char *about) {
    limit_finish(&limit);
    cr_assert_eq(limit_parse(&limit, words, complaint), -EINVAL, "%s", words);
    cr_assert_not_null(strstr(complaint, about), "%s: %s", words, complaint);
}

Test(limit, each_mistake_is_named) {
    expect_complaint("", "WHAT=SIZE");
    expect_complaint("heap", "'heap'");
    expect_complaint("=1", "WHAT=SIZE");
    expect_complaint("heap=", "''");
    expect_complaint("heap=much", "'much'");
    expect_complaint("heap=-1", "'-1'");
    expect_complaint("pile=1KB", "heap, live, allocated, allocations");
    expect_complaint("growth=1KB", "'growth'");
    expect_complaint("allocations=1KB", "whole number");
    expect_complaint("a.lua=1KB", "FILE:LINE");
    expect_complaint("a.lua:=1KB", "FILE:LINE");
    expect_complaint("a.lua:0=1KB", "FILE:LINE");
    expect_complaint("a.lua:-1=1KB", "FILE:LINE");
    expect_complaint("a.lua:99999999999999=1KB", "FILE:LINE");
    expect_complaint(":3=1KB", "FILE:LINE");
    expect_complaint("a.lua:3:heap=1KB", "growth, live, peak, allocated, allocations");
    expect_complaint("a.lua:3:=1KB", "''");
}

Test(limit, a_long_word_does_not_burst_the_complaint) {
    static char words[2000];
    memset(words, 'x', sizeof words - 1);
    expect_complaint(words, "xxx");
    memcpy(words + sizeof words - 4, "=1x", 3);
    expect_complaint(words, "xxx");
    words[500] = ':';
    expect_complaint(words, "xxx");
    memcpy(words + 495, ":123:", 5);
    words[500] = 'y';
    expect_complaint(words, "xxx");
}

/* ---- its figure ---- */

static int64_t value(const char *words, const struct figures *figures) {
    struct lines lines;
    parse(words);
    if (limit.file != NULL)
        limit.path = strdup(limit.file);
    cr_assert_eq(lines_read(&lines, figures), 0);
    const struct measured_settings measuring = {0};
    const struct limit_run run = {figures, &lines, &measuring};
    int64_t found = limit_value(&limit, &run);
    lines_finish(&lines);
    return found;
}

static bool guards(const char *words, const struct figures *figures) {
    struct lines lines;
    value(words, figures);
    cr_assert_eq(lines_read(&lines, figures), 0);
    const struct measured_settings measuring = {0};
    const struct limit_run run = {figures, &lines, &measuring};
    bool found = limit_idles(&limit, &run) == NULL;
    lines_finish(&lines);
    return found;
}

Test(limit, finds_its_figure) {
    struct figures *figures = handmade_create();
    uint32_t file = handmade_file(figures, "/a.lua");
    uint32_t site = handmade_site(figures, file, 3);
    handmade_allocate(figures, site, FIGURES_TABLE, 100);
    handmade_allocate(figures, site, FIGURES_STRING, 40);
    handmade_free(figures, site, FIGURES_STRING, 30);
    figures->sites[site].cells[FIGURES_TABLE].at_peak = 70;
    figures->sites[site].cells[FIGURES_TABLE].peak_seen = figures->peaks;
    handmade_allocate(figures, handmade_site(figures, file, 4), FIGURES_TABLE, 5);
    handmade_allocate(figures, FIGURES_STARTUP, FIGURES_TABLE, 1000);
    handmade_allocate(figures, handmade_site(figures, handmade_file(figures, "/b.lua"), 3),
                      FIGURES_TABLE, 7);
    figures->peak = 5000;
    cr_assert_eq(value("/a.lua:3=0", figures), 110);
    cr_assert_eq(value("/a.lua:3:growth=0", figures), 110);
    cr_assert_eq(value("/a.lua:3:live=0", figures), 110);
    cr_assert_eq(value("/a.lua:3:peak=0", figures), 70 + 10);
    cr_assert_eq(value("/a.lua:3:allocated=0", figures), 140);
    cr_assert_eq(value("/a.lua:3:allocations=0", figures), 2);
    cr_assert_eq(value("/a.lua:5=0", figures), 0);
    cr_assert_eq(value("heap=0", figures), 5000);
    cr_assert_eq(value("live=0", figures), 110 + 5 + 1000 + 7);
    cr_assert_eq(value("allocated=0", figures), 140 + 5 + 1000 + 7);
    cr_assert_eq(value("allocations=0", figures), 5);
    cr_assert(guards("/a.lua:5=0", figures));
    cr_assert(guards("heap=0", figures));
    cr_assert_not(guards("/c.lua:5=0", figures));
    handmade_destroy(figures);
}
