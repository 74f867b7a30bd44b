/* SPDX-License-Identifier: MIT */
#include "inspect.h"
#include "text.h"

#include <criterion/criterion.h>
#include <string.h>

Test(problem, problems_are_cut_to_valid_text) {
    struct inspect_problem problem = {{0}};
    char text[3001];
    for (size_t i = 0; i < 3000; i += 3)
        memcpy(text + i, "…", 3);
    text[3000] = '\0';
    for (int spaces = 0; spaces < 4; spaces++) {
        cr_assert_null(inspect_refuse(&problem, "%*s%s", spaces, "", text));
        cr_assert(text_valid(problem.text, strlen(problem.text)));
        cr_assert_gt(strlen(problem.text), 1000);
    }
}
