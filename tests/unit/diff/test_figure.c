/* SPDX-License-Identifier: MIT */
#include "figure.h"

#include <criterion/criterion.h>
#include <errno.h>

Test(figure, words_are_those_of_sort_names_those_of_reports) {
    static const char *const words[FIGURES] = {
        [FIGURE_GROWTH] = "growth", [FIGURE_LIVE] = "live", [FIGURE_ALLOCATED] = "allocated",
        [FIGURE_FREED] = "freed",   [FIGURE_PEAK] = "peak", [FIGURE_ALLOCATIONS] = "allocations"};
    for (int i = 0; i < FIGURES; i++) {
        enum figure figure = FIGURES;
        cr_assert_eq(figure_parse(words[i], &figure), 0, "%s", words[i]);
        cr_assert_eq((int)figure, i);
    }
    enum figure figure = FIGURES;
    cr_assert_eq(figure_parse("at_peak", &figure), -EINVAL);
    cr_assert_eq(figure_parse("line", &figure), -EINVAL);
    cr_assert_str_eq(figure_name(FIGURE_PEAK), "at_peak");
}
