/* SPDX-License-Identifier: MIT */
#include "screen.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void expect_escaped(const char *bytes, size_t size, const char *expected) {
    char *text = screen_escape(bytes, size);
    cr_assert_str_eq(text, expected);
    free(text);
}

Test(screen, text_stays) {
    expect_escaped("", 0, "");
    expect_escaped("a = 'x'", 7, "a = 'x'");
    expect_escaped("h\xc3\xa9 \xe6\x97\xa5", 7, "h\xc3\xa9 \xe6\x97\xa5");
}

Test(screen, nothing_reaches_the_terminal_that_could_steer_it) {
    expect_escaped("a\tb", 3, "a b");
    expect_escaped("\x1b[2J\r\n\a\x7f", 8, "\\x1B[2J\\x0D\\x0A\\x07\\x7F");
    expect_escaped("a\0b", 3, "a\\x00b");
    expect_escaped("\xc2\x9b", 2, "\\xC2\\x9B");
    expect_escaped("\xff\xc3", 2, "\\xFF\\xC3");
    expect_escaped("\xe2\x80\xae", 3, "\\u{202E}");
    expect_escaped("\xef\xbb\xbf", 3, "\\u{FEFF}");
}

static void expect_cut(void (*cut)(char *, size_t), const char *bytes, size_t columns,
                       const char *expected) {
    char *text = screen_escape(bytes, strlen(bytes));
    cut(text, columns);
    cr_assert_str_eq(text, expected);
    free(text);
}

Test(screen, widths_are_columns) {
    cr_assert_eq(screen_width(""), 0);
    cr_assert_eq(screen_width("h\xc3\xa9"), 2);
    cr_assert_eq(screen_width("\xe6\x97\xa5\xe6\x9c\xac"), 4);
    cr_assert_eq(screen_width("e\xcc\x81"), 1);
    cr_assert_eq(screen_width("ﾊﾟ"), 2, "halfwidth, with a mark that has its own column");
}

Test(screen, emoji_are_two_columns_whatever_is_joined_to_them) {
    cr_assert_eq(screen_width("😀"), 2);
    cr_assert_eq(screen_width("👍🏽"), 2, "a colour of skin");
    cr_assert_eq(screen_width("👩‍👩‍👧"), 2, "a family");
    cr_assert_eq(screen_width("🇩🇪🇫🇷"), 4, "flags");
    cr_assert_eq(screen_width("❤"), 1);
    cr_assert_eq(screen_width("❤️"), 2, "asked for as an emoji");
}

Test(screen, scripts_that_compose_their_letters) {
    cr_assert_eq(screen_width("각"), 2, "one syllable of three");
    cr_assert_eq(screen_width("각"), 2);
    cr_assert_eq(screen_width("กำ"), 2);
}

Test(screen, cutting_keeps_what_fits) {
    expect_cut(screen_cut, "abcdef", 6, "abcdef");
    expect_cut(screen_cut, "abcdef", 5, "abcd…");
    expect_cut(screen_cut, "abcdef", 1, "…");
    expect_cut(screen_cut, "abcdef", 0, "");
    expect_cut(screen_cut, "ab", 1, "…");
    expect_cut(screen_cut, "日本語", 5, "日本…");
    expect_cut(screen_cut, "日本語", 4, "日…");
    expect_cut(screen_cut, "ae\xcc\x81i", 3, "ae\xcc\x81i");
    expect_cut(screen_cut, "ae\xcc\x81io", 3, "ae\xcc\x81…");
    expect_cut(screen_cut, "👩‍👩‍👧👍🏽!", 4, "👩‍👩‍👧…");
}

Test(screen, cutting_in_front_keeps_the_end) {
    expect_cut(screen_cut_front, "abcdef", 6, "abcdef");
    expect_cut(screen_cut_front, "abcdef", 3, "…ef");
    expect_cut(screen_cut_front, "ab", 1, "…");
    expect_cut(screen_cut_front, "ab", 0, "");
    expect_cut(screen_cut_front, "日本語", 4, "…語");
    expect_cut(screen_cut_front, "ae\xcc\x81io", 3, "…io");
    expect_cut(screen_cut_front, "!👩‍👩‍👧👍🏽", 4, "…👍🏽");
}
