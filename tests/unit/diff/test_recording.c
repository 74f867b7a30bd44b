/* SPDX-License-Identifier: MIT */
#include "complain.h"
#include "recording.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static struct recording recording;
static char complaint[COMPLAINT_BYTES];

static void teardown(void) {
    recording_finish(&recording);
}

TestSuite(recording, .fini = teardown);

#define FIGURES_OF(growth)                                                                         \
    "\"allocations\":2,\"allocated\":30,\"freed\":10,\"live\":20,\"growth\":" #growth              \
    ",\"at_peak\":25"
#define REPORT(rows) "{\"heap\":{\"live\":20,\"peak\":25,\"collector\":20},\"lines\":[" rows "]}"

static int parse(const char *text) {
    recording_finish(&recording);
    return recording_parse(&recording, text, strlen(text), "r.json", complaint);
}

Test(recording, holds_the_heap_and_each_files_lines) {
    cr_assert_eq(parse(REPORT("{\"source\":\"/b.lua\",\"line\":9,\"text\":\"x = {}\"," FIGURES_OF(
                     20) "},"
                         "{\"source\":\"(startup)\",\"line\":0," FIGURES_OF(
                             -5) "},"
                                 "{\"source\":\"/b.lua\",\"line\":2," FIGURES_OF(7) "}")),
                 0, "%s", complaint);
    cr_assert_eq(recording.live, 20);
    cr_assert_eq(recording.peak, 25);
    cr_assert_eq(recording.count, 2);
    const struct recorded_file *startup = &recording.files[0], *file = &recording.files[1];
    cr_assert_str_eq(startup->source, "(startup)");
    cr_assert(recorded_is_pseudo(startup, startup->lines));
    cr_assert_eq(startup->lines[0].figures[COLUMN_GROWTH], -5);
    cr_assert_str_eq(file->source, "/b.lua");
    cr_assert_eq(file->count, 2);
    cr_assert_eq(file->lines[0].line, 2);
    cr_assert_null(file->lines[0].text);
    cr_assert_eq(file->lines[1].line, 9);
    cr_assert_str_eq(file->lines[1].text, "x = {}");
    cr_assert_not(recorded_is_pseudo(file, file->lines));
    const int64_t expected[COLUMNS] = {
        [COLUMN_GROWTH] = 20, [COLUMN_LIVE] = 20,    [COLUMN_ALLOCATED] = 30,
        [COLUMN_FREED] = 10,  [COLUMN_AT_PEAK] = 25, [COLUMN_ALLOCATIONS] = 2};
    cr_assert_arr_eq(file->lines[1].figures, expected, sizeof expected);
}

Test(recording, of_an_older_luaheat_lacks_what_was_added_later) {
    cr_assert_eq(parse(REPORT("{\"source\":\"a\",\"line\":1," FIGURES_OF(20) "}")), 0);
    cr_assert(recording.lacks[COLUMN_OBJECTS]);
    cr_assert_not(recording.lacks[COLUMN_GROWTH]);
    cr_assert_eq(parse(REPORT("{\"source\":\"a\",\"line\":1,\"objects\":3," FIGURES_OF(20) "}")),
                 0);
    cr_assert_not(recording.lacks[COLUMN_OBJECTS]);
    cr_assert_eq(recording.files[0].lines[0].figures[COLUMN_OBJECTS], 3);
    cr_assert_eq(parse(REPORT("{\"source\":\"a\",\"line\":1,\"objects\":-3," FIGURES_OF(20) "}")),
                 -EINVAL);
}

Test(recording, rows_of_one_line_are_added_up) {
    cr_assert_eq(parse(REPORT("{\"source\":\"a\",\"line\":1," FIGURES_OF(
                     20) "},"
                         "{\"source\":\"a\",\"line\":1," FIGURES_OF(3) "}")),
                 0);
    cr_assert_eq(recording.files[0].count, 1);
    cr_assert_eq(recording.files[0].lines[0].figures[COLUMN_GROWTH], 23);
    cr_assert_eq(recording.files[0].lines[0].figures[COLUMN_ALLOCATIONS], 4);
}

Test(recording, of_nothing_is_empty) {
    cr_assert_eq(parse(REPORT("")), 0);
    cr_assert_eq(recording.count, 0);
}

static void expect_complaint(const char *text, const char *about) {
    cr_assert_eq(parse(text), -EINVAL, "%s", text);
    cr_assert_not_null(strstr(complaint, "r.json"), "%s: %s", text, complaint);
    cr_assert_not_null(strstr(complaint, about), "%s: %s", text, complaint);
}

Test(recording, each_mistake_is_named) {
    expect_complaint("", "empty");
    expect_complaint(" \n", "empty");
    expect_complaint("source,line\n", "line 1");
    expect_complaint("{\n\"heap\":\n{,", "line 3");
    expect_complaint("{} {}", "no JSON");
    expect_complaint("[]", "'heap'");
    expect_complaint("null", "'heap'");
    expect_complaint("{\"lines\":[]}", "'heap'");
    expect_complaint("{\"heap\":7,\"lines\":[]}", "'heap'");
    expect_complaint("{\"heap\":{\"live\":1}}", "'peak'");
    expect_complaint("{\"heap\":{\"live\":-1,\"peak\":1}}", "'live'");
    expect_complaint("{\"heap\":{\"live\":1,\"peak\":1}}", "'lines'");
    expect_complaint("{\"heap\":{\"live\":1,\"peak\":1},\"lines\":{}}", "'lines'");
    expect_complaint(REPORT("7"), "lines[0] has no string 'source'");
    expect_complaint(REPORT("{\"source\":7}"), "'source'");
    expect_complaint(REPORT("{\"source\":\"a\",\"line\":-1}"), "'line'");
    expect_complaint(REPORT("{\"source\":\"a\",\"line\":1.5}"), "'line'");
    expect_complaint(REPORT("{\"source\":\"a\",\"line\":4294967296}"), "'line'");
    expect_complaint(REPORT("{\"source\":\"a\",\"line\":1}"), "'growth'");
    expect_complaint(REPORT("{\"source\":\"a\",\"line\":1," FIGURES_OF(1.5) "}"), "'growth'");
    expect_complaint(REPORT("{\"source\":\"a\",\"line\":1," FIGURES_OF(1e300) "}"), "'growth'");
    expect_complaint(REPORT("{\"source\":\"a\",\"line\":1," FIGURES_OF("x") "}"), "'growth'");
    expect_complaint(REPORT("{\"source\":\"a\",\"line\":1," FIGURES_OF(
                         9007199254740992) "},"
                                           "{\"source\":\"a\",\"line\":1," FIGURES_OF(2) "}"),
                     "lines[1] has no possible 'growth'");
}

Test(recording, a_report_that_is_not_whole_is_refused) {
    expect_complaint("{\"heap\":{\"live\":1,\"peak\":1},\"left_out\":12,\"lines\":[]}",
                     "leaves out 12 lines");
    cr_assert_eq(parse("{\"heap\":{\"live\":1,\"peak\":1},\"left_out\":0,\"lines\":[]}"), 0);
}

Test(recording, deep_nesting_is_no_report) {
    static char text[100001];
    memset(text, '[', sizeof text - 1);
    expect_complaint(text, "no JSON");
}

Test(recording, a_file_that_cannot_be_read_is_named) {
    cr_assert_eq(recording_read(&recording, "/no/such.json", complaint), -EINVAL);
    cr_assert_not_null(strstr(complaint, "/no/such.json"));
    recording_finish(&recording);
    cr_assert_eq(recording_read(&recording, "/", complaint), -EINVAL);
    cr_assert_not_null(strstr(complaint, "directory"));
}
