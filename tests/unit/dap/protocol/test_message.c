/* SPDX-License-Identifier: MIT */
#include "message.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void check_bytes(const char *body, size_t size, enum message_verdict verdict) {
    struct message message;
    cr_assert_eq(message_read(&message, body, size), verdict, "%s: %s", body, message.problem);
    cr_assert_eq(message.problem == NULL, verdict == MESSAGE_REQUEST, "%s", body);
    if (verdict == MESSAGE_BAD)
        cr_assert_eq(message.seq, 7);
    message_finish(&message);
}

static void check(const char *body, enum message_verdict verdict) {
    check_bytes(body, strlen(body), verdict);
}

Test(message, a_request_is_read) {
    static const char body[] =
        " {\"seq\":7,\"type\":\"request\",\"command\":\"next\",\"arguments\":{\"threadId\":1}}\r\n";
    struct message message;
    cr_assert_eq(message_read(&message, body, strlen(body)), MESSAGE_REQUEST);
    cr_assert_eq(message.seq, 7);
    cr_assert_str_eq(message.command, "next");
    cr_assert_not_null(cJSON_GetObjectItem(message.arguments, "threadId"));
    message_finish(&message);
}

Test(message, arguments_may_be_missing_or_null) {
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"x\"}", MESSAGE_REQUEST);
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"x\",\"arguments\":null}", MESSAGE_REQUEST);
    check("{\"seq\":0,\"type\":\"request\",\"command\":\"x\"}", MESSAGE_REQUEST);
}

Test(message, what_is_not_json_is_told_apart) {
    check("", MESSAGE_NOT_JSON);
    check("{", MESSAGE_NOT_JSON);
    check("{}x", MESSAGE_NOT_JSON);
    check("{} {}", MESSAGE_NOT_JSON);
    check_bytes("{}\0", 3, MESSAGE_NOT_JSON);
}

Test(message, without_a_seq_nobody_can_be_answered) {
    check("[]", MESSAGE_SKIPPED);
    check("null", MESSAGE_SKIPPED);
    check("{\"type\":\"request\",\"command\":\"x\"}", MESSAGE_SKIPPED);
    check("{\"seq\":\"7\",\"type\":\"request\",\"command\":\"x\"}", MESSAGE_SKIPPED);
    check("{\"seq\":1.5,\"type\":\"request\",\"command\":\"x\"}", MESSAGE_SKIPPED);
    check("{\"seq\":-1,\"type\":\"request\",\"command\":\"x\"}", MESSAGE_SKIPPED);
    check("{\"seq\":1e999,\"type\":\"request\",\"command\":\"x\"}", MESSAGE_SKIPPED);
}

Test(message, responses_and_events_are_skipped) {
    check("{\"seq\":7,\"type\":\"response\",\"request_seq\":1,\"command\":\"x\"}", MESSAGE_SKIPPED);
    check("{\"seq\":7,\"type\":\"response\",\"request_seq\":\"1\",\"success\":true}",
          MESSAGE_SKIPPED);
    check("{\"seq\":7,\"type\":\"event\",\"event\":\"x\"}", MESSAGE_SKIPPED);
}

Test(message, wrong_fields_are_answered) {
    check("{\"seq\":7}", MESSAGE_BAD);
    check("{\"seq\":7,\"command\":\"x\"}", MESSAGE_BAD);
    check("{\"seq\":7,\"type\":7,\"command\":\"x\"}", MESSAGE_BAD);
    check("{\"seq\":7,\"type\":\"reqwest\",\"command\":\"x\"}", MESSAGE_BAD);
    check("{\"seq\":7,\"type\":\"request\"}", MESSAGE_BAD);
    check("{\"seq\":7,\"type\":\"request\",\"command\":7}", MESSAGE_BAD);
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"x\",\"arguments\":[]}", MESSAGE_BAD);
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"x\",\"arguments\":\"\"}", MESSAGE_BAD);
}

/* The request `next` with these arguments is refused in these words. */
static void check_flaw_bytes(const char *arguments, size_t size, const char *problem) {
    static const char start[] = "{\"type\":\"request\",\"command\":\"next\",\"arguments\":";
    char body[4096];
    struct message message;
    memcpy(body, start, sizeof start - 1);
    memcpy(body + sizeof start - 1, arguments, size);
    memcpy(body + sizeof start - 1 + size, ",\"seq\":7}", 9);
    cr_assert_eq(message_read(&message, body, sizeof start - 1 + size + 9), MESSAGE_BAD);
    cr_assert_eq(message.seq, 7);
    cr_assert_str_eq(message.command, "next");
    cr_assert_str_eq(message.problem, problem);
    message_finish(&message);
}

static void check_flaw(const char *arguments, const char *problem) {
    check_flaw_bytes(arguments, strlen(arguments), problem);
}

#define CANNOT ", which cannot be passed on"

Test(message, text_that_cannot_be_passed_on_is_refused_with_its_name) {
    check_flaw("{\"x\":\"a\\u0000b\"}", "'x' holds a NUL character" CANNOT);
    check_flaw_bytes("{\"x\":\"a\0b\"}", 11, "'x' holds a NUL character" CANNOT);
    check_flaw("{\"x\":{\"a\":1},\"y\":[1,{\"b\":2},\"\\u0000\"]}",
               "'y' holds a NUL character" CANNOT);
    check_flaw("{\"x\":[{\"a\":1,\"b\" : \"\\u0000\"}]}", "'b' holds a NUL character" CANNOT);
    check_flaw("{\"a\":1,\"\\u0000\":2}", "'arguments' holds a NUL character" CANNOT);
    check_flaw("{\"x\":\"\xff\"}", "'x' holds bytes that are no UTF-8" CANNOT);
    check_flaw("{\"x\":\"\\ud800\"}", "'x' holds half of a character (a lone surrogate)" CANNOT);
    check_flaw("{\"x\":\"\\uD83C\\uDF19\\uDF19\"}",
               "'x' holds half of a character (a lone surrogate)" CANNOT);
    check_flaw("{\"x\":1000000000000000000000000000000000000000000000000000000000000000000000}",
               "'x' holds a number of more than 60 characters" CANNOT);
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"a\\u0000b\"}", MESSAGE_BAD);
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"\\ud800\"}", MESSAGE_BAD);
}

Test(message, halves_of_characters_and_what_is_next_to_them) {
    static const char *const halves[] = {"\\ud800",        "\\udbff",        "\\udc00",
                                         "\\udfff",        "\\udc00\\udc00", "\\udbff\\udbff",
                                         "\\udbff\\ue000", "\\ud800x",       "\\udc00\\ud800"};
    static const char *const wholes[] = {"\\ud800\\udc00", "\\udbff\\udfff", "\\ud7ff", "\\ue000"};
    char text[100];
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        snprintf(text, sizeof text, "{\"x\":\"%s\"}", halves[i]);
        check_flaw(text, "'x' holds half of a character (a lone surrogate)" CANNOT);
    }
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
        snprintf(text, sizeof text, "{\"seq\":7,\"type\":\"request\",\"command\":\"%s\"}",
                 wholes[i]);
        check(text, MESSAGE_REQUEST);
    }
}

Test(message, what_only_looks_like_it_is_read) {
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"a\\\\u0000b\"}", MESSAGE_REQUEST);
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"\\ud83c\\udf19🌙\"}", MESSAGE_REQUEST);
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"\\\"[{\"}", MESSAGE_REQUEST);
}

Test(message, values_too_deep_are_refused_and_the_rest_is_read) {
    char deep[3000] = "{\"x\":";
    size_t size = strlen(deep);
    memset(deep + size, '[', 1200);
    memset(deep + size + 1200, ']', 1200);
    strcpy(deep + size + 2400, "}");
    check_flaw(deep, "'x' holds values nested deeper than 500" CANNOT);
}

Test(message, any_beginning_of_a_message_comes_to_an_end) {
    static const char body[] = "{\"seq\":7,\"type\":\"request\",\"command\":"
                               "\"\\ud83c\\udf19\\ud83c\\\",\"a\":[{\"\xe2\x82\xac\"";
    for (size_t size = 0; size < sizeof body; size++) {
        struct message message;
        cr_assert_eq(message_read(&message, body, size), MESSAGE_NOT_JSON);
        message_finish(&message);
    }
}

Test(message, integers_are_whole_and_exact) {
    static const struct {
        double number;
        bool good;
    } cases[] = {
        {0, true},    {-5, true},    {9007199254740992.0, true}, {9007199254740994.0, false},
        {0.5, false}, {1e300, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cJSON *json = cJSON_CreateNumber(cases[i].number);
        int64_t integer = 0;
        cr_assert_eq(message_integer(json, &integer), cases[i].good);
        if (cases[i].good)
            cr_assert_eq((double)integer, cases[i].number);
        cJSON_Delete(json);
    }
}
