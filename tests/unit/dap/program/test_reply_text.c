/* SPDX-License-Identifier: MIT */
#include "reply_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BEFORE "{\"type\":\"response\",\"request_seq\":12,\"success\":true,\"body\":"

static bool finds(const char *line, int64_t seq) {
    size_t size;
    return reply_text_find(line, strlen(line), seq, &size) != NULL;
}

static void expect(const char *body) {
    char line[200];
    size_t found_size;
    int size = snprintf(line, sizeof line, BEFORE "%s}", body);
    const char *found = reply_text_find(line, (size_t)size, 12, &found_size);
    cr_assert_not_null(found, "%s", body);
    cr_assert_eq(found_size, strlen(body));
    cr_assert_eq(memcmp(found, body, found_size), 0);
}

static void expect_none(const char *body) {
    char line[200];
    snprintf(line, sizeof line, BEFORE "%s}", body);
    cr_assert_not(finds(line, 12), "%s", body);
}

Test(reply_text, it_is_the_body_to_the_byte) {
    expect("{}");
    expect("{\"result\":\"\\u0001}\\\"\xc3\xa9\",\"variablesReference\":0}");
    expect("{\"a\":[1,-2.5e3,true,null,{\"b\":{}}]}");
}

Test(reply_text, it_is_of_that_answer_only) {
    cr_assert(finds(BEFORE "{}}", 12));
    cr_assert_not(finds(BEFORE "{}}", 1));
    cr_assert_not(finds(BEFORE "{}}", 122));
    cr_assert_not(finds(
        "{\"type\":\"response\",\"request_seq\":12,\"success\":false,\"message\":\"no\"}", 12));
    cr_assert_not(finds("{\"type\":\"event\",\"event\":\"x\",\"body\":{}}", 12));
    cr_assert_not(finds(BEFORE, 12));
    cr_assert_not(finds(BEFORE "}", 12));
    cr_assert_not(finds(BEFORE "{", 12));
    cr_assert_not(finds("", 12));
}

Test(reply_text, what_is_no_json_is_none) {
    expect_none("{\"a\":1");
    expect_none("{\"a\":1}}");
    expect_none("{\"a\":1},\"body\":{}");
    expect_none("{\"a\":1} {");
    expect_none("{\"a\":\"\xff\"}");
    expect_none("{\"a\":\"\n\"}");
    expect_none("{a:1}");
    expect_none("[]");
    expect_none("null");
    expect_none("{\"a\":1,}");
}

static char *nested(size_t depth) {
    char *line = malloc(sizeof BEFORE + depth * 2 + 20), *at = line;
    at += sprintf(at, BEFORE "{\"a\":");
    memset(at, '[', depth - 1);
    memset(at + depth - 1, ']', depth - 1);
    strcpy(at + 2 * (depth - 1), "}}");
    return line;
}

Test(reply_text, it_is_not_nested_deeper_than_messages_are) {
    char *deep = nested(1000), *deeper = nested(1001);
    cr_assert(finds(deep, 12));
    cr_assert_not(finds(deeper, 12));
    free(deep);
    free(deeper);
}
