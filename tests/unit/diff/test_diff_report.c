/* SPDX-License-Identifier: MIT */
#include "diff_report.h"
#include "handmade_recording.h"

#include <cJSON.h>
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct recording before, after;
static struct comparison comparison;
static char *text;
static const struct screen plain = {.cwd = "/new"};

/* A line that stayed, one that moved, a new one, one that is gone; and the startup. */
static void setup(void) {
    handmade_line(handmade_file(&before, "(startup)"), 0, NULL, 21000);
    struct recorded_file *old = handmade_file(&before, "/old/a.lua");
    handmade_line(old, 1, "gone()", 400);
    handmade_line(old, 2, "stays()", 50);
    handmade_line(old, 4, "moves(\x1b)", 1000);
    before.live = 22450;
    before.peak = 30000;
    handmade_line(handmade_file(&after, "(startup)"), 0, NULL, 21040);
    struct recorded_file *new = handmade_file(&after, "/new/a.lua");
    handmade_line(new, 2, "stays()", 50);
    struct recorded_line *moved = handmade_line(new, 9, "moves(\x1b)", 3000);
    moved->figures[COLUMN_ALLOCATIONS] = 5;
    handmade_line(new, 12, "f(\"n\", 1)", 70);
    after.live = 24160;
    after.peak = 29000;
    cr_assert_eq(comparison_make(&comparison, &before, &after), 0);
}

static void teardown(void) {
    comparison_finish(&comparison);
    recording_finish(&before);
    recording_finish(&after);
    free(text);
}

TestSuite(diff_report, .init = setup, .fini = teardown);

static void print_table(struct screen screen, enum column_id sort, size_t top) {
    size_t size;
    free(text);
    FILE *file = open_memstream(&text, &size);
    comparison_sort(&comparison, sort);
    const struct diff_report report = {&comparison, sort, top};
    cr_assert_eq(diff_table(file, &report, &screen), 0);
    fclose(file);
}

static void print(int (*form)(FILE *, const struct diff_report *), enum column_id sort,
                  size_t top) {
    size_t size;
    free(text);
    FILE *file = open_memstream(&text, &size);
    comparison_sort(&comparison, sort);
    const struct diff_report report = {&comparison, sort, top};
    cr_assert_eq(form(file, &report), 0);
    fclose(file);
}

static void expect_text(const char *part) {
    cr_assert_not_null(strstr(text, part), "no \"%s\" in:\n%s", part, text);
}

static void expect_no_text(const char *part) {
    cr_assert_null(strstr(text, part), "\"%s\" in:\n%s", part, text);
}

Test(diff_report, the_table_shows_what_changed_and_the_heap) {
    print_table(plain, COLUMN_GROWTH, 20);
    cr_assert_str_eq(text,
                     "Change of each line's growth (bytes)\n\n"
                     "change  before   after  allocated  allocs\n"
                     "+2,000   1,000   3,000     +2,000      +4  ▲ a.lua:9 (was 4)  moves(\\x1B)\n"
                     "   +70       0      70        +70      +1  ▲ a.lua:12 (new)   f(\"n\", 1)\n"
                     "  -400     400       0       -400      -1  ▼ a.lua:1 (gone)   gone()\n"
                     "1 line did not change\n\n"
                     "   +40  21,000  21,040        +40       0  ▲ (startup)\n\n"
                     "Heap at the end: 24,160 bytes, before 22,450; change +1,710\n"
                     "Heap at its peak: 29,000 bytes, before 30,000; change -1,000\n");
}

Test(diff_report, the_table_shows_the_figure_it_is_sorted_by) {
    print_table(plain, COLUMN_ALLOCATIONS, 20);
    expect_text("Change of each line's allocations\n");
    expect_text("change  before  after  growth  allocated\n");
    expect_text("    +4       1      5  +2,000     +2,000  ▲ a.lua:9 (was 4)");
    print_table(plain, COLUMN_AT_PEAK, 20);
    expect_text("size at peak (bytes)");
    expect_text("growth  allocated\n");
    print_table(plain, COLUMN_LINE, 20);
    expect_text("growth, in source order");
    cr_assert_lt(strstr(text, "a.lua:9"), strstr(text, "a.lua:12"));
}

Test(diff_report, the_table_says_what_it_leaves_out) {
    print_table(plain, COLUMN_GROWTH, 1);
    expect_text("a.lua:9");
    expect_no_text("a.lua:12");
    expect_text("and 2 more lines with a change of -330 together; --top 0 shows all\n");
    print_table(plain, COLUMN_GROWTH, 2);
    expect_text("and 1 more line with");
    print_table(plain, COLUMN_GROWTH, 0);
    expect_no_text("more line");
}

Test(diff_report, colours_never_stand_alone) {
    print_table((struct screen){.columns = 120, .colours = true}, COLUMN_GROWTH, 0);
    expect_text("\x1b[38;5;172m▲\x1b[0m"); /* 2,000 bytes: the third of five levels */
    expect_text("\x1b[32m▼\x1b[0m");
    print_table((struct screen){.columns = 120}, COLUMN_GROWTH, 0);
    expect_text("▲");
    expect_no_text("\x1b");
}

static int64_t number(const cJSON *object, const char *name, const char *part) {
    const cJSON *item = cJSON_GetObjectItem(cJSON_GetObjectItem(object, name), part);
    cr_assert(cJSON_IsNumber(item), "%s.%s", name, part);
    return (int64_t)item->valuedouble;
}

static const char *string(const cJSON *object, const char *name) {
    return cJSON_GetStringValue(cJSON_GetObjectItem(object, name));
}

Test(diff_report, json_has_every_line_with_its_figures) {
    print(diff_json, COLUMN_GROWTH, 0);
    cJSON *json = cJSON_Parse(text);
    const cJSON *lines = cJSON_GetObjectItem(json, "lines"),
                *heap = cJSON_GetObjectItem(json, "heap");
    cr_assert_eq(cJSON_GetArraySize(lines), 5);
    cr_assert_eq(number(heap, "live", "change"), 1710);
    cr_assert_eq(number(heap, "peak", "before"), 30000);
    const cJSON *moved = cJSON_GetArrayItem(lines, 0);
    cr_assert_str_eq(string(moved, "state"), "moved");
    cr_assert_str_eq(string(moved, "source"), "/new/a.lua");
    cr_assert_str_eq(string(moved, "text"), "moves(\x1b)");
    cr_assert_str_eq(string(cJSON_GetObjectItem(moved, "was"), "source"), "/old/a.lua");
    cr_assert_eq(cJSON_GetObjectItem(cJSON_GetObjectItem(moved, "was"), "line")->valueint, 4);
    cr_assert_eq(number(moved, "growth", "before"), 1000);
    cr_assert_eq(number(moved, "growth", "after"), 3000);
    cr_assert_eq(number(moved, "growth", "change"), 2000);
    cr_assert_eq(number(moved, "allocations", "change"), 4);
    const cJSON *new = cJSON_GetArrayItem(lines, 1);
    cr_assert_str_eq(string(new, "state"), "new");
    cr_assert_null(cJSON_GetObjectItem(new, "was"));
    const cJSON *gone = cJSON_GetArrayItem(lines, 4);
    cr_assert_str_eq(string(gone, "state"), "gone");
    cr_assert_str_eq(string(gone, "source"), "/old/a.lua");
    cr_assert_eq(number(gone, "live", "after"), 0);
    cJSON_Delete(json);
    print(diff_json, COLUMN_GROWTH, 2);
    expect_text("\"left_out\":3,");
    expect_no_text("gone()");
}

Test(diff_report, csv_has_a_row_a_line) {
    print(diff_csv, COLUMN_GROWTH, 0);
    expect_text("state,source,line,source_before,line_before,growth_before,growth_after,"
                "growth_change,live_before,");
    expect_text("\nmoved,/new/a.lua,9,/old/a.lua,4,1000,3000,2000,");
    expect_text("\nnew,/new/a.lua,12,,,0,70,70,");
    expect_text("\ngone,,,/old/a.lua,1,400,0,-400,");
    expect_text("\nsame,/new/a.lua,2,/old/a.lua,2,50,50,0,");
}

Test(diff_report, a_failure_to_write_is_reported) {
    const struct diff_report report = {&comparison, COLUMN_GROWTH, 0};
    FILE *full = fopen("/dev/full", "w");
    cr_assert_lt(diff_csv(full, &report), 0);
    fclose(full);
    full = fopen("/dev/full", "w");
    cr_assert_lt(diff_json(full, &report), 0);
    fclose(full);
    full = fopen("/dev/full", "w");
    cr_assert_lt(diff_table(full, &report, &plain), 0);
    fclose(full);
}
