/* SPDX-License-Identifier: MIT */
#include "nearest.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const words[] = {"program", "stopOnEntry", "cwd", "env", "luaPath", "luaCPath"};

static const char *near(const char *word) {
    return nearest(word, words, sizeof words / sizeof *words);
}

Test(nearest, a_word_with_a_letter_too_many_too_few_or_another) {
    cr_assert_str_eq(near("progam"), "program");
    cr_assert_str_eq(near("programm"), "program");
    cr_assert_str_eq(near("stopAtEntry"), "stopOnEntry");
    cr_assert_str_eq(near("envs"), "env");
}

Test(nearest, is_the_one_with_the_fewest) {
    cr_assert_str_eq(near("luaCPaths"), "luaCPath");
    cr_assert_str_eq(near("luaPaths"), "luaPath");
}

Test(nearest, knows_no_case) {
    cr_assert_str_eq(near("STOPONENTRY"), "stopOnEntry");
}

Test(nearest, is_none_of_words_that_are_others) {
    cr_assert_null(near("sourceMaps"));
    cr_assert_null(near("x"));
    cr_assert_null(near(""));
    cr_assert_null(nearest("program", NULL, 0));
}

Test(nearest, stands_words_of_any_length) {
    char longest[1000];
    memset(longest, 'p', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    const char *const long_ones[] = {longest};
    cr_assert_null(near(longest));
    cr_assert_null(nearest("program", long_ones, 1));
    longest[63] = '\0';
    cr_assert_null(near(longest));
    cr_assert_str_eq(nearest(longest, long_ones, 1), longest);
}
