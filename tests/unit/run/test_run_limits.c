/* SPDX-License-Identifier: MIT */
#include "complain.h"
#include "handmade_figures.h"
#include "run_limits.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct figures *figures;
static struct run_limits limits;
static char script[] = "/tmp/luaheat-limits-XXXXXX";
static char *text;

static void setup(void) {
    figures = handmade_create();
    FILE *file = fdopen(mkstemp(script), "w");
    fputs("local t = {}\n  t[1] = '\x1b[2J'\n", file);
    fclose(file);
    handmade_allocate(figures, handmade_site(figures, handmade_file(figures, script), 2),
                      FIGURES_TABLE, 1840);
    figures->peak = 2000;
}

static void teardown(void) {
    run_limits_finish(&limits);
    handmade_destroy(figures);
    unlink(script);
    free(text);
}

TestSuite(run_limits, .init = setup, .fini = teardown);

/* A limit of line 2 of the file. */
static void add_line(const char *path, const char *most) {
    static char words[4][128];
    char complaint[COMPLAINT_BYTES];
    snprintf(words[limits.count], sizeof words[0], "%s:2=%s", path, most);
    cr_assert_eq(run_limits_add(&limits, words[limits.count], complaint), 0);
    limits.items[limits.count - 1].path = strdup(path);
}

static void add(const char *words) {
    char complaint[COMPLAINT_BYTES];
    cr_assert_eq(run_limits_add(&limits, words, complaint), 0);
}

static enum run_limits_verdict judge(void) {
    struct lines lines;
    size_t size;
    free(text);
    FILE *file = open_memstream(&text, &size);
    cr_assert_eq(lines_read(&lines, figures), 0);
    const struct measured_settings measuring = {0};
    const struct limit_run run = {figures, &lines, &measuring};
    enum run_limits_verdict verdict = run_limits_judge(&limits, &run, file);
    lines_finish(&lines);
    fclose(file);
    return verdict;
}

static void expect_text(const char *part) {
    cr_assert_not_null(strstr(text, part), "no \"%s\" in:\n%s", part, text);
}

Test(run_limits, nothing_is_said_when_all_are_kept) {
    add_line(script, "1840");
    add("heap=2KB");
    cr_assert_eq(judge(), RUN_LIMITS_KEPT);
    cr_assert_str_eq(text, "");
}

Test(run_limits, a_broken_one_is_named_with_its_figure_and_text) {
    add_line(script, "1KB");
    add("heap=2KB");
    cr_assert_eq(judge(), RUN_LIMITS_BROKEN);
    expect_text("luaheat: 1 of 2 limits broken\n");
    expect_text(":2=1KB\n    1,840 bytes of growth: 840 more than the limit of 1,000\n");
    expect_text("    t[1] = '\\x1B[2J'\n");
    cr_assert_null(strstr(text, "heap"));
}

Test(run_limits, a_file_that_never_ran_guards_nothing) {
    add_line("/other.lua", "1KB");
    cr_assert_eq(judge(), RUN_LIMITS_IDLE);
    expect_text("/other.lua:2=1KB guards nothing");
    add("heap=1999");
    cr_assert_eq(judge(), RUN_LIMITS_BROKEN);
    expect_text("guards nothing");
    expect_text("2,000 bytes of heap at its peak: 1 more than the limit of 1,999\n");
}
