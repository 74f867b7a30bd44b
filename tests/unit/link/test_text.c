/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void check(const char *bytes, size_t size, const char *expected) {
    char *text = text_escape(bytes, size);
    cr_assert_str_eq(text, expected);
    cr_assert(text_valid(text, strlen(text)));
    free(text);
}

Test(text, valid_utf8_stays) {
    check("plain", 5, "plain");
    check("\xc3\xa9\xe2\x82\xac\xf0\x9f\x8c\x99", 9, "é€🌙");
    check("", 0, "");
}

Test(text, other_bytes_are_escaped) {
    check("a\0b", 3, "a\\x00b");
    check("\xff\xfe", 2, "\\xFF\\xFE");
    check("\xc3", 1, "\\xC3");
    check("\xc3(", 2, "\\xC3(");
    check("é\xff€\0z\xf0\x9f🌙", 14, "é\\xFF€\\x00z\\xF0\\x9F🌙");
}

Test(text, overlong_surrogates_and_beyond_are_invalid) {
    cr_assert_eq(text_sequence("\xc0\xaf", 2), 0);
    cr_assert_eq(text_sequence("\xe0\x80\x80", 3), 0);
    cr_assert_eq(text_sequence("\xed\xa0\x80", 3), 0);
    cr_assert_eq(text_sequence("\xf4\x90\x80\x80", 4), 0);
    cr_assert_eq(text_sequence("\xf4\x8f\xbf\xbf", 4), 4);
}

Test(text, every_single_byte_gives_valid_text) {
    for (int byte = 0; byte < 256; byte++) {
        char one = (char)byte;
        char *text = text_escape(&one, 1);
        cr_assert(text_valid(text, strlen(text)), "byte %d", byte);
        cr_assert_eq(strlen(text), byte == 0 || byte > 127 ? 4 : 1);
        free(text);
    }
}

/* At each place of a word, and in texts of each size. */
Test(text, every_byte_is_escaped_wherever_it_stands) {
    enum { MOST = 20 };
    char bytes[MOST], expected[2 * MOST];
    for (size_t size = 1; size <= MOST; size++)
        for (size_t at = 0; at < size; at++) {
            memset(bytes, 'x', size);
            memset(expected, 'x', size + 3);
            expected[size + 3] = '\0';
            bytes[at] = '\0';
            memcpy(expected + at, "\\x00", 4);
            check(bytes, size, expected);
            bytes[at] = '\xff';
            memcpy(expected + at, "\\xFF", 4);
            check(bytes, size, expected);
        }
}

Test(text, a_cut_leaves_no_half_of_a_sequence) {
    const char *text = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x8c\x99z"; /* aé€🌙z */
    static const size_t kept[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (size_t most = 0; most < sizeof kept / sizeof *kept; most++)
        cr_assert_eq(text_cut(text, 11, most), kept[most], "at most %zu", most);
}

Test(text, a_cut_counts_bytes_that_are_no_text_one_by_one) {
    for (size_t most = 0; most <= 6; most++)
        cr_assert_eq(text_cut("\xf0\x9f\x8c\xf0\x9f\x8c", 6, most), most);
}
