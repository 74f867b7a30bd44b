/* SPDX-License-Identifier: MIT */
#include "handles.h"
#include "inspect.h"
#include "key.h"
#include "string_builder.h"
#include "text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void check_quote(const char *bytes, size_t size, const char *expected) {
    struct string_builder builder = {0};
    cr_assert(string_builder_quote(&builder, bytes, size, 1000));
    cr_assert_str_eq(string_builder_text(&builder), expected);
    string_builder_finish(&builder);
}

Test(builder, quote_as_lua_does) {
    check_quote("", 0, "\"\"");
    check_quote("plain", 5, "\"plain\"");
    check_quote("a\nb\t\"\\", 6, "\"a\\nb\\t\\\"\\\\\"");
    check_quote("\0\x1b\x7f", 3, "\"\\x00\\x1B\\x7F\"");
    check_quote("\xff\xc3\xa9", 3, "\"\\xFFé\"");
}

Test(builder, cut_between_characters) {
    for (size_t most = 1; most < 12; most++) {
        struct string_builder builder = {0};
        cr_assert_not(string_builder_quote(&builder, "äöüäöüäöü", 18, most));
        cr_assert(text_valid(string_builder_text(&builder), builder.size));
        cr_assert_leq(builder.size, most + strlen("…\"") + 1);
        string_builder_finish(&builder);
    }
}

/* Seconds of processor time. */
static double time_to_quote(const char *bytes, size_t size) {
    clock_t start = clock();
    for (int i = 0; i < 200; i++) {
        struct string_builder builder = {0};
        cr_assert_not(string_builder_quote(&builder, bytes, size, 900));
        string_builder_finish(&builder);
    }
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Looking at all of a long string once for each character that is shown takes 4000 times as long.
 */
Test(builder, a_quotation_takes_time_for_what_is_shown) {
    size_t size = 4 << 20;
    char *bytes = malloc(size);
    memset(bytes, 'x', size);
    double small = time_to_quote(bytes, 1000), large = time_to_quote(bytes, size);
    cr_assert_lt(large, small * 20 + 0.05);
    free(bytes);
}

Test(builder, an_excerpt_says_how_long_the_whole_is) {
    struct string_builder builder = {0};
    string_builder_excerpt(&builder, "äöü", 6, 3);
    cr_assert_str_eq(string_builder_text(&builder), "ä… (6 bytes)");
    string_builder_finish(&builder);
    string_builder_excerpt(&builder, "äö\xff", 5, 5);
    cr_assert_str_eq(string_builder_text(&builder), "äö\\xFF");
    string_builder_finish(&builder);
}

Test(builder, names_are_identifiers) {
    cr_assert(key_is_name("x1", 2));
    cr_assert(key_is_name("_ENV", 4));
    cr_assert(key_is_name("ends", 4));
    cr_assert_not(key_is_name("end", 3));
    cr_assert_not(key_is_name("1x", 2));
    cr_assert_not(key_is_name("", 0));
    cr_assert_not(key_is_name("a-b", 3));
    cr_assert_not(key_is_name("\xc3\xa9", 2));
}

Test(builder, problems_are_cut_to_valid_text) {
    struct inspect_problem problem = {{0}};
    char text[3001];
    for (size_t i = 0; i < 3000; i += 3)
        memcpy(text + i, "…", 3);
    text[3000] = '\0';
    for (int spaces = 0; spaces < 4; spaces++) {
        cr_assert_null(inspect_refuse(&problem, "%*s%s", spaces, "", text));
        cr_assert(text_valid(problem.text, strlen(problem.text)));
        cr_assert_gt(strlen(problem.text), 1000);
    }
}

Test(handles, go_on_from_stop_to_stop) {
    struct handles handles;
    int number = 0, last = 0;
    for (int stop = 0; stop < 3; stop++) {
        handles_init(&handles, sizeof(int), last);
        for (int i = 0; i < 100; i++) {
            *(int *)handles_add(&handles, &number) = i;
            cr_assert_eq(number, stop * 100 + i + 1);
        }
        cr_assert_eq(*(int *)handles_get(&handles, stop * 100 + 7), 6);
        cr_assert_null(handles_get(&handles, 0));
        cr_assert_null(handles_get(&handles, -1));
        cr_assert_null(handles_get(&handles, number + 1));
        cr_assert_eq(handles_stale(&handles, 1), stop > 0);
        cr_assert_not(handles_stale(&handles, number + 1));
        last = handles_finish(&handles);
    }
    handles_init(&handles, sizeof(int), 1 << 29);
    cr_assert_not_null(handles_add(&handles, &number));
    cr_assert_eq(number, 1, "numbers stay small");
    handles_finish(&handles);
}
