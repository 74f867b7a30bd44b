/* SPDX-License-Identifier: MIT */
#include "framing.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What came out, in order: messages as "<body>", problems as "!", and distrust of bodies that are
   no JSON object, as the server has it. */
struct heard {
    char text[4096];
    size_t size;
};

static void hear(struct heard *heard, struct framing *framing) {
    struct framing_frame frame;
    enum framing_result result;
    while ((result = framing_next(framing, &frame)) != FRAMING_WANTS_MORE) {
        if (result == FRAMING_PROBLEM) {
            cr_assert_not_null(frame.problem);
            heard->text[heard->size++] = '!';
            continue;
        }
        heard->text[heard->size++] = '<';
        memcpy(heard->text + heard->size, frame.body, frame.size);
        heard->size += frame.size;
        heard->text[heard->size++] = '>';
        if (frame.size == 0 || frame.body[0] != '{' || frame.body[frame.size - 1] != '}')
            framing_distrust(framing);
    }
}

/* The same must come out however the bytes arrive. */
static void check(const char *bytes, size_t size, const char *expected) {
    for (size_t step = 1; step <= size; step = step == 1 ? 7 : step == 7 ? size : size + 1) {
        struct framing framing;
        struct heard heard = {.size = 0};
        framing_init(&framing);
        for (size_t i = 0; i < size; i += step) {
            framing_feed(&framing, bytes + i, size - i < step ? size - i : step);
            hear(&heard, &framing);
        }
        heard.text[heard.size] = '\0';
        cr_assert_str_eq(heard.text, expected, "in steps of %zu: %s", step, heard.text);
        framing_finish(&framing);
    }
}

static void check_text(const char *text, const char *expected) {
    check(text, strlen(text), expected);
}

Test(framing, messages_follow_each_other) {
    check_text("Content-Length: 2\r\n\r\n{}Content-Length: 5\r\n\r\n{\"a\"}", "<{}><{\"a\"}>");
}

Test(framing, accepts_what_others_write) {
    check_text("content-length:2\n\n{}", "<{}>");
    check_text("CONTENT-LENGTH :  2 \r\n\r\n{}", "<{}>");
    check_text("Content-Type: x; charset=utf-8\r\nContent-Length: 2\r\nX-Y: z\r\n\r\n{}", "<{}>");
    check_text("Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", "<{}>");
    check_text("\r\n\nContent-Length: 002\r\n\r\n{}", "<{}>");
}

Test(framing, an_empty_body_is_a_message) {
    check_text("Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}", "<><{}>");
}

Test(framing, bad_headers_cost_no_good_message) {
    const char *good = "Content-Length: 2\r\n\r\n{}";
    static const char *const bad[] = {"Content-Length: -1\r\n\r\n",
                                      "Content-Length: 99999999999999999999\r\n\r\n",
                                      "Content-Length: 1.5\r\n\r\n",
                                      "Content-Length: 2 2\r\n\r\n",
                                      "Content-Length:\r\n\r\n",
                                      "Content-Length: 0x2\r\n\r\n",
                                      "X: y\r\n\r\n",
                                      "no header at all\r\n\r\n",
                                      "Content-Length: +2\r\n\r\n",
                                      "Content-Length: 2\r\nContent-Length: 200\r\n\r\n",
                                      "{\"seq\":1}\r\n\r\n",
                                      "Content-Length: 67108865\r\n\r\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, "%s%s", bad[i], good);
        check_text(text, "!<{}>");
    }
}

Test(framing, contradicting_lengths_are_not_believed) {
    check_text("Content-Length: 2\r\nContent-Length: 4\r\n\r\n[12]Content-Length: 2\r\n\r\n{}",
               "!<{}>");
}

Test(framing, junk_before_a_header_is_passed_over) {
    check_text("junkContent-Length: 2\r\n\r\n{}", "!<{}>");
    check_text("{\"seq\":1}Content-Length: 2\r\n\r\n{}", "!<{}>");
    check("\0\xff\n\nContent-Length: 2\r\n\r\n{}", 27, "!<{}>");
}

Test(framing, a_length_too_short_costs_its_message_only) {
    check_text("Content-Length: 3\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}", "<{\"a><{}>");
}

Test(framing, a_length_too_long_costs_its_message_only) {
    check_text("Content-Length: 9\r\n\r\n{}Content-Length: 2\r\n\r\n{}", "<{}Content><{}>");
    check_text("Content-Length: 40\r\n\r\n{}Content-Length: 2\r\n\r\n{}Content-Length: 2\r\n\r\n{}",
               "<{}Content-Length: 2\r\n\r\n{}Content-Length:><{}><{}>");
}

Test(framing, a_browser_is_not_heard) {
    check_text("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]Content-Length: 2\r\n\r\n{}",
               "!<{}>");
    check_text("Content-Length: 2\r\nOrigin: http://x\r\n\r\n[]Content-Length: 2\r\n\r\n{}",
               "!<{}>");
    check_text("GET / HTTP/1.1\r\nHost: x\r\n\r\nContent-Length: 2\r\n\r\n{}", "!<{}>");
}

static void check_long_junk(const char *junk, size_t size) {
    struct framing framing;
    struct heard heard = {.size = 0};
    framing_init(&framing);
    for (int i = 0; i < 100; i++) {
        framing_feed(&framing, junk, size);
        hear(&heard, &framing);
    }
    cr_assert_lt(framing.capacity, 100 * size, "junk is not kept");
    framing_feed(&framing, "\nContent-Length: 2\r\n\r\n{}", 25);
    hear(&heard, &framing);
    heard.text[heard.size] = '\0';
    cr_assert_str_eq(heard.text, "!<{}>");
    framing_finish(&framing);
}

Test(framing, endless_headers_are_given_up) {
    char junk[8192];
    memset(junk, 'x', sizeof junk);
    check_long_junk(junk, sizeof junk);
    memset(junk, 'C', sizeof junk);
    check_long_junk(junk, sizeof junk);
    for (size_t i = 0; i < sizeof junk; i += 4)
        memcpy(junk + i, "a:b\n", 4);
    check_long_junk(junk, sizeof junk);
}

Test(framing, a_large_body_is_refused_and_one_at_the_limit_is_not) {
    static const char header[] = "Content-Length: 67108864\r\n\r\n";
    size_t size = FRAMING_BODY_BYTES;
    char *body = malloc(size);
    memset(body, 'x', size);
    struct framing framing;
    struct framing_frame frame;
    framing_init(&framing);
    framing_feed(&framing, header, sizeof header - 1);
    framing_feed(&framing, body, size);
    cr_assert_eq(framing_next(&framing, &frame), FRAMING_MESSAGE);
    cr_assert_eq(frame.size, size);
    framing_finish(&framing);
    free(body);
}

/* Of the message that it came with, and of no other; the body may come later than what moves the
   bytes before it. */
Test(framing, authorization_is_kept_for_its_message) {
    static const char bytes[] = "Authorization:  Bearer x y \r\nContent-Length: 2\r\n\r\n{}"
                                "Content-Length: 2\r\n\r\n{}";
    struct framing framing;
    struct framing_frame frame;
    const char *heard[2];
    size_t count = 0;
    framing_init(&framing);
    for (size_t i = 0; i + 1 < sizeof bytes; i++) {
        framing_feed(&framing, bytes + i, 1);
        if (framing_next(&framing, &frame) != FRAMING_MESSAGE)
            continue;
        heard[count++] = frame.authorization != NULL ? "told" : NULL;
        if (count == 1)
            cr_assert_str_eq(frame.authorization, "Bearer x y");
    }
    cr_assert_eq(count, 2);
    cr_assert_null(heard[1]);
    framing_finish(&framing);
}
