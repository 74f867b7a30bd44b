/* SPDX-License-Identifier: MIT */
#include "units.h"

#include <criterion/criterion.h>
#include <errno.h>

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

static void expect_change(int64_t bytes, const char *expected) {
    char text[UNITS_ROOM];
    units_bytes_change(text, bytes);
    cr_assert_str_eq(text, expected);
}

Test(units, a_change_has_its_sign) {
    char text[UNITS_ROOM];
    expect_change(0, "0");
    expect_change(1, "+1");
    expect_change(-56000, "-56,000");
    expect_change(1840000, "+1.84 MB");
    expect_change(INT64_MIN, "-9.22 EB");
    units_count_change(text, -1200000);
    cr_assert_str_eq(text, "-1.20 M");
    units_exact_change(text, 12345678);
    cr_assert_str_eq(text, "+12,345,678");
    units_exact_change(text, 0);
    cr_assert_str_eq(text, "0");
}

static void expect_size(const char *text, int64_t expected) {
    int64_t bytes = -1;
    cr_assert_eq(units_parse_bytes(text, &bytes), 0, "%s", text);
    cr_assert_eq(bytes, expected, "%s: %ld", text, (long)bytes);
}

Test(units, a_size_may_have_a_unit_and_decimals) {
    expect_size("0", 0);
    expect_size("1234", 1234);
    expect_size("12B", 12);
    expect_size("1kB", 1000);
    expect_size("1KB", 1000);
    expect_size("1KiB", 1024);
    expect_size("3mb", 3000000);
    expect_size("3MiB", 3 << 20);
    expect_size("2GB", INT64_C(2000000000));
    expect_size("2GiB", INT64_C(2) << 30);
    expect_size("1.5kB", 1500);
    expect_size("1.5KB", 1500);
    expect_size("0.5KiB", 512);
    expect_size("1.9999B", 1);
    expect_size("0.12345678901234GB", 123456789);
    expect_size("9223372036854775807", INT64_MAX);
}

Test(units, what_is_no_size_is_refused) {
    static const char *const wrong[] = {"",
                                        "kB",
                                        "-1",
                                        "+1",
                                        " 1",
                                        "1 kB",
                                        "1k",
                                        "1.",
                                        ".5kB",
                                        "1..5B",
                                        "1e3",
                                        "0x10",
                                        "1TBB",
                                        "1,000",
                                        "1.B",
                                        "9223372036854775808",
                                        "9223372036854775807kB",
                                        "99999999999999999999999999"};
    int64_t bytes;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_eq(units_parse_bytes(wrong[i], &bytes), -EINVAL, "%s", wrong[i]);
}

Test(units, a_count_is_whole) {
    int64_t count;
    cr_assert_eq(units_parse_count("1000", &count), 0);
    cr_assert_eq(count, 1000);
    static const char *const wrong[] = {"",   "-1",  "+1",  " 1",
                                        "1x", "0x1", "1.5", "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_eq(units_parse_count(wrong[i], &count), -EINVAL, "%s", wrong[i]);
    cr_assert_eq(units_parse_count("1KB", &count), -EINVAL);
}
