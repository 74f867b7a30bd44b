/* SPDX-License-Identifier: MIT */
#include "json.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct json json;
static char *text;
static size_t size;

static void setup(void) {
    json_begin(&json, open_memstream(&text, &size));
}

static void teardown(void) {
    free(text);
}

TestSuite(json, .init = setup, .fini = teardown);

static void expect(const char *wanted) {
    cr_assert_eq(json_finish(&json), 0);
    fclose(json.file);
    cr_assert_str_eq(text, wanted);
}

Test(json, separates_members_and_elements) {
    json_begin_object(&json);
    json_member_text(&json, "name", "spawn");
    json_member_array(&json, "rows");
    json_signed(&json, -1);
    json_begin_object(&json);
    json_end_object(&json);
    json_raw(&json, "[null,true]");
    json_end_array(&json);
    json_member_object(&json, "heap");
    json_member_unsigned(&json, "live", 0);
    json_end_object(&json);
    json_end_object(&json);
    expect("{\"name\":\"spawn\",\"rows\":[-1,{},[null,true]],\"heap\":{\"live\":0}}");
}

Test(json, numbers_have_every_digit) {
    json_begin_array(&json);
    json_unsigned(&json, UINT64_MAX);
    json_signed(&json, INT64_MIN);
    json_signed(&json, INT64_C(9007199254740993));
    json_end_array(&json);
    expect("[18446744073709551615,-9223372036854775808,9007199254740993]");
}

Test(json, text_is_escaped) {
    json_text(&json, "\"a\\b\"/\n\t\x01\x1f \xc3\xa9\xf0\x9f\x98\x80");
    expect("\"\\\"a\\\\b\\\"/\\n\\t\\u0001\\u001F \xc3\xa9\xf0\x9f\x98\x80\"");
}

Test(json, a_comma_ends_its_line) {
    json_begin_array(&json);
    for (int i = 0; i < 2; i++) {
        json_line(&json);
        json_begin_array(&json);
        json_signed(&json, i);
        json_signed(&json, i);
        json_end_array(&json);
    }
    json_line(&json);
    json_end_array(&json);
    expect("[\n[0,0],\n[1,1]\n]");
}

/* yajl's own limit is 128. */
Test(json, nests_as_deep_as_it_is_asked) {
    enum { DEPTH = 1000 };
    for (int i = 0; i < DEPTH; i++) {
        json_begin_array(&json);
        json_signed(&json, i);
        json_begin_object(&json);
        json_name(&json, "inner");
    }
    json_text(&json, "");
    for (int i = 0; i < DEPTH; i++) {
        json_end_object(&json);
        json_signed(&json, i);
        json_end_array(&json);
    }
    char *wanted = NULL;
    FILE *file = open_memstream(&wanted, &size);
    for (int i = 0; i < DEPTH; i++)
        fprintf(file, "[%d,{\"inner\":", i);
    fputs("\"\"", file);
    for (int i = 0; i < DEPTH; i++)
        fprintf(file, "},%d]", i);
    fclose(file);
    expect(wanted);
    free(wanted);
}

Test(json, after_a_failure_nothing_more_is_written) {
    json_begin_object(&json);
    json_member_text(&json, "source", NULL);
    json_member_text(&json, "name", "x");
    json_end_object(&json);
    cr_assert_eq(json_finish(&json), -ENOMEM);
    fclose(json.file);
    cr_assert_str_eq(text, "{\"source\"");
}

Test(json, the_first_failure_is_told) {
    json_begin_array(&json);
    json_fail(&json, -EIO);
    json_text(&json, NULL);
    cr_assert_eq(json_finish(&json), -EIO);
    fclose(json.file);
}
