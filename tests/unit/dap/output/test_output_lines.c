/* SPDX-License-Identifier: MIT */
#include "output_lines.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Takes text; expected NULL: there must be none. */
static void expect(char *text, const char *expected) {
    if (expected == NULL)
        cr_assert_null(text, "%s", text);
    else
        cr_assert(text != NULL && strcmp(text, expected) == 0, "%s", text);
    free(text);
}

Test(output_lines, whole_lines_come_together_and_the_rest_waits) {
    struct output_lines lines = {0};
    expect(output_lines_feed(&lines, "one\ntwo\nthr", 11), "one\ntwo\n");
    expect(output_lines_feed(&lines, "ee", 2), NULL);
    expect(output_lines_feed(&lines, "\n", 1), "three\n");
    expect(output_lines_flush(&lines, true), NULL);
    output_lines_finish(&lines);
}

Test(output_lines, a_prompt_can_be_had) {
    struct output_lines lines = {0};
    expect(output_lines_feed(&lines, "name? ", 6), NULL);
    expect(output_lines_flush(&lines, false), "name? ");
    expect(output_lines_flush(&lines, false), NULL);
    output_lines_finish(&lines);
}

Test(output_lines, a_sequence_is_not_cut) {
    struct output_lines lines = {0};
    expect(output_lines_feed(&lines, "\xe2\x82", 2), NULL);
    expect(output_lines_flush(&lines, false), NULL);
    expect(output_lines_feed(&lines, "\xac", 1), NULL);
    expect(output_lines_flush(&lines, false), "€");
    expect(output_lines_feed(&lines, "x\xf0\x9f\x8c", 4), NULL);
    expect(output_lines_flush(&lines, false), "x");
    expect(output_lines_flush(&lines, true), "\\xF0\\x9F\\x8C");
    output_lines_finish(&lines);
}

Test(output_lines, bytes_that_start_a_sequence_wait_for_it) {
    static const char *const leads[] = {"\xc2", "\xdf", "\xe0", "\xef", "\xf0", "\xf4"};
    struct output_lines lines = {0};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        expect(output_lines_feed(&lines, leads[i], 1), NULL);
        expect(output_lines_flush(&lines, false), NULL);
        free(output_lines_flush(&lines, true));
    }
    output_lines_finish(&lines);
}

Test(output_lines, bytes_that_start_no_sequence_do_not_wait) {
    static const char *const others[] = {"\xc0", "\xc1", "\xf5", "\xfe"};
    struct output_lines lines = {0};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char *text = output_lines_feed(&lines, others[i], 1);
        cr_assert_null(text);
        text = output_lines_flush(&lines, false);
        cr_assert_not_null(text);
        free(text);
    }
    expect(output_lines_feed(&lines, "\xff", 1), NULL);
    expect(output_lines_flush(&lines, false), "\\xFF");
    expect(output_lines_feed(&lines, "\x80\x80\x80\x80", 4), NULL);
    expect(output_lines_flush(&lines, false), "\\x80\\x80\\x80\\x80");
    output_lines_finish(&lines);
}

Test(output_lines, only_what_json_cannot_hold_is_escaped) {
    struct output_lines lines = {0};
    expect(output_lines_feed(&lines, "\0\t\x1b[1mé\xe9\n", 11), "\\x00\t\x1b[1mé\\xE9\n");
    output_lines_finish(&lines);
}

Test(output_lines, a_long_line_comes_in_pieces_and_nothing_is_lost) {
    struct output_lines lines = {0};
    size_t total = 0, longest = 0;
    for (int i = 0; i < 100000; i++) {
        char *text = output_lines_feed(&lines, "€€", 6);
        size_t size = text == NULL ? 0 : strlen(text);
        cr_assert_eq(size % 3, 0, "a sequence was cut");
        total += size;
        longest = size > longest ? size : longest;
        free(text);
    }
    cr_assert_lt(lines.bytes.count, OUTPUT_LINES_BYTES);
    cr_assert_leq(longest, OUTPUT_LINES_BYTES + 6);
    cr_assert_eq(total + lines.bytes.count, 600000);
    output_lines_finish(&lines);
}
