/* SPDX-License-Identifier: MIT */
#include "message.h"

#include <criterion/criterion.h>
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
    check("{\"seq\":7,\"command\":\"\\ud800\"}", MESSAGE_NOT_JSON);
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

Test(message, text_that_json_cannot_carry_is_answered_and_not_repeated) {
    static const char body[] = "{\"seq\":7,\"type\":\"request\",\"command\":\"\xff\"}";
    struct message message;
    cr_assert_eq(message_read(&message, body, strlen(body)), MESSAGE_BAD);
    cr_assert_str_eq(message.command, "");
    message_finish(&message);
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"a\\u0000b\"}", MESSAGE_BAD);
    static const char with_nul[] = "{\"seq\":7,\"type\":\"request\",\"command\":\"a\0b\"}";
    check_bytes(with_nul, sizeof with_nul - 1, MESSAGE_BAD);
    check("{\"seq\":7,\"type\":\"request\",\"command\":\"a\\\\u0000b\"}", MESSAGE_REQUEST);
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
