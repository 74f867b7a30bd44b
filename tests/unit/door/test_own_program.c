/* SPDX-License-Identifier: MIT */
#include "own_program.h"

#include <criterion/criterion.h>
#include <string.h>

Test(own_program, is_the_file_that_runs_or_unknown) {
    char path[1024] = "?", cut[8] = "?";
    own_program(path, sizeof path);
    own_program(cut, sizeof cut);
#ifdef KNOWS
    cr_assert_not_null(strstr(path, "/test_own_program_"), "%s", path);
    cr_assert_eq(strlen(cut), sizeof cut - 1);
#else
    cr_assert_str_eq(path, "");
    cr_assert_str_eq(cut, "");
#endif
}
