/* SPDX-License-Identifier: MIT */
#include "units.h"

#include <criterion/criterion.h>

static void expect_bytes(int64_t bytes, const char *expected) {
    char text[UNITS_ROOM];
    units_bytes(text, bytes);
    cr_assert_str_eq(text, expected);
}

Test(units, below_a_million_every_digit_is_shown) {
    expect_bytes(0, "0");
    expect_bytes(999, "999");
    expect_bytes(1000, "1,000");
    expect_bytes(184000, "184,000");
    expect_bytes(999999, "999,999");
    expect_bytes(-56000, "-56,000");
}

Test(units, from_a_million_on_three_digits_and_a_unit) {
    expect_bytes(1000000, "1.00 MB");
    expect_bytes(1234567, "1.23 MB");
    expect_bytes(1235000, "1.24 MB");
    expect_bytes(12345678, "12.3 MB");
    expect_bytes(123456789, "123 MB");
    expect_bytes(1050000000, "1.05 GB");
    expect_bytes(INT64_C(9007199254740992), "9.01 PB");
    expect_bytes(-1500000, "-1.50 MB");
}

Test(units, rounding_up_may_change_the_unit) {
    expect_bytes(9994999, "9.99 MB");
    expect_bytes(9995000, "10.0 MB");
    expect_bytes(99949999, "99.9 MB");
    expect_bytes(99950000, "100 MB");
    expect_bytes(999499999, "999 MB");
    expect_bytes(999500000, "1.00 GB");
}

Test(units, the_extremes_fit) {
    expect_bytes(INT64_MAX, "9.22 EB");
    expect_bytes(INT64_MIN, "-9.22 EB");
    char text[UNITS_ROOM];
    units_count(text, UINT64_MAX);
    cr_assert_str_eq(text, "18.4 E");
    units_exact(text, UINT64_MAX);
    cr_assert_str_eq(text, "18,446,744,073,709,551,615");
}

Test(units, counts_have_no_bytes) {
    char text[UNITS_ROOM];
    units_count(text, 999);
    cr_assert_str_eq(text, "999");
    units_count(text, 2500000);
    cr_assert_str_eq(text, "2.50 M");
    units_exact(text, 2500000);
    cr_assert_str_eq(text, "2,500,000");
}
