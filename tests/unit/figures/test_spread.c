/* SPDX-License-Identifier: MIT */
#include "spread.h"

#include <criterion/criterion.h>

static struct spread spread(size_t count, const int64_t values[]) {
    static struct spread_series series;
    series.count = 0;
    for (size_t i = 0; i < count; i++)
        spread_add(&series, values[i]);
    return spread_of(&series);
}

static void expect(struct spread found, struct spread expected) {
    cr_assert_eq(found.last, expected.last);
    cr_assert_eq(found.min, expected.min);
    cr_assert_eq(found.median, expected.median);
    cr_assert_eq(found.max, expected.max);
    cr_assert_eq(found.trend, expected.trend);
}

Test(spread, of_nothing_is_zero) {
    expect(spread(0, NULL), (struct spread){0});
}

Test(spread, of_one_is_that_one_and_does_not_rise) {
    expect(spread(1, (int64_t[]){-7}), (struct spread){-7, -7, -7, -7, 0});
}

Test(spread, trend_is_a_slope_over_windows) {
    expect(spread(3, (int64_t[]){5, 1, 3}), (struct spread){3, 1, 3, 5, -1});
    expect(spread(4, (int64_t[]){10, 20, 30, 40}), (struct spread){40, 10, 25, 40, 10});
}

Test(spread, the_middle_of_two_is_cut_towards_zero_and_does_not_overflow) {
    expect(spread(2, (int64_t[]){-1, 2}), (struct spread){2, -1, 0, 2, 3});
    cr_assert_eq(spread(2, (int64_t[]){INT64_MAX, INT64_MAX}).median, INT64_MAX);
    cr_assert_eq(spread(2, (int64_t[]){INT64_MIN, INT64_MAX}).trend, INT64_MAX);
}
