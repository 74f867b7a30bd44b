/* SPDX-License-Identifier: MIT */
#include "heat.h"

#include <criterion/criterion.h>
#include <string.h>

Test(heat, each_level_is_four_times_the_one_below) {
    cr_assert_eq(heat_level(1024, 1024), 5);
    cr_assert_eq(heat_level(257, 1024), 5);
    cr_assert_eq(heat_level(256, 1024), 4);
    cr_assert_eq(heat_level(65, 1024), 4);
    cr_assert_eq(heat_level(64, 1024), 3);
    cr_assert_eq(heat_level(16, 1024), 2);
    cr_assert_eq(heat_level(4, 1024), 1);
    cr_assert_eq(heat_level(1, INT64_MAX), 1);
}

Test(heat, nothing_and_less_are_cold) {
    cr_assert_eq(heat_level(0, 1024), 0);
    cr_assert_eq(heat_level(-5, 1024), 0);
    cr_assert_eq(heat_level(0, 0), 0);
}

Test(heat, the_shape_alone_tells_the_level) {
    for (int a = 0; a <= HEAT_LEVELS; a++)
        for (int b = 0; b < a; b++)
            cr_assert_str_neq(heat_shape(a), heat_shape(b));
}
