/* SPDX-License-Identifier: MIT */
#include "remembered.h"

#include <criterion/criterion.h>

/* So far apart that they share a place. */
static char blocks[2 * 16 * REMEMBERED_PLACES];
static const char *const one = blocks, *const other = blocks + (size_t)16 * REMEMBERED_PLACES;

Test(remembered, what_is_remembered_is_never_denied) {
    struct remembered remembered = {0};
    cr_assert_not(remembered_maybe(&remembered, one));
    remembered_add(&remembered, one);
    cr_assert(remembered_maybe(&remembered, one));
    cr_assert_not(remembered_maybe(&remembered, one + 16));
    remembered_remove(&remembered, one);
    cr_assert_not(remembered_maybe(&remembered, one));
}

Test(remembered, who_shares_a_place_is_counted) {
    struct remembered remembered = {0};
    remembered_add(&remembered, one);
    remembered_add(&remembered, other);
    remembered_remove(&remembered, one);
    cr_assert(remembered_maybe(&remembered, other));
    remembered_remove(&remembered, other);
    cr_assert_not(remembered_maybe(&remembered, other));
}

Test(remembered, too_many_to_be_counted_are_never_denied) {
    struct remembered remembered = {0};
    for (int i = 0; i < 1000; i++)
        remembered_add(&remembered, one);
    for (int i = 0; i < 999; i++)
        remembered_remove(&remembered, one);
    cr_assert(remembered_maybe(&remembered, one));
}
