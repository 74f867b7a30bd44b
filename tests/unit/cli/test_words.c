/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <criterion/criterion.h>
#include <errno.h>

Test(words, formats_are_three) {
    enum words_format format = WORDS_TABLE;
    cr_assert_eq(words_format("json", &format), 0);
    cr_assert_eq(format, WORDS_JSON);
    cr_assert_eq(words_format("csv", &format), 0);
    cr_assert_eq(format, WORDS_CSV);
    cr_assert_eq(words_format("table", &format), 0);
    cr_assert_eq(format, WORDS_TABLE);
    cr_assert_eq(words_format("JSON", &format), -EINVAL);
    cr_assert_eq(words_format("", &format), -EINVAL);
}

Test(words, a_number_is_digits) {
    size_t number = 7;
    static const char *const wrong[] = {"", "-1", "+1", " 1", "1x", "0x1", "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_eq(words_number(wrong[i], &number), -EINVAL, "%s", wrong[i]);
    cr_assert_eq(number, 7);
    cr_assert_eq(words_number("42", &number), 0);
    cr_assert_eq(number, 42);
}
