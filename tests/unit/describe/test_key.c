/* SPDX-License-Identifier: MIT */
#include "key.h"

#include <criterion/criterion.h>

Test(key, names_are_identifiers) {
    cr_assert(key_is_name("x1", 2));
    cr_assert(key_is_name("_ENV", 4));
    cr_assert(key_is_name("ends", 4));
    cr_assert_not(key_is_name("end", 3));
    cr_assert_not(key_is_name("1x", 2));
    cr_assert_not(key_is_name("", 0));
    cr_assert_not(key_is_name("a-b", 3));
    cr_assert_not(key_is_name("\xc3\xa9", 2));
}
