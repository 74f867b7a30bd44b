/* SPDX-License-Identifier: MIT */
#include "quantity.h"

#include <criterion/criterion.h>

Test(quantity, thousands_are_separated) {
    cr_assert_str_eq(quantity_count(0).text, "0");
    cr_assert_str_eq(quantity_count(999).text, "999");
    cr_assert_str_eq(quantity_count(1000).text, "1,000");
    cr_assert_str_eq(quantity_count(1234567).text, "1,234,567");
    cr_assert_str_eq(quantity_bytes(56000).text, "56,000 B");
    cr_assert_str_eq(quantity_count(UINT64_MAX).text, "18,446,744,073,709,551,615");
}

Test(quantity, changes_have_a_sign) {
    cr_assert_str_eq(quantity_change(56000).text, "+56,000 B");
    cr_assert_str_eq(quantity_change(-1).text, "-1 B");
    cr_assert_str_eq(quantity_change(0).text, "0 B");
    cr_assert_str_eq(quantity_change(INT64_MIN).text, "-9,223,372,036,854,775,808 B");
}
