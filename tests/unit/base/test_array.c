/* SPDX-License-Identifier: MIT */
#include "array.h"

#include <criterion/criterion.h>

Test(array, keeps_its_items_in_their_order) {
    ARRAY(uint16_t) numbers = {0};
    for (uint16_t i = 0; i < 10000; i++) {
        uint16_t *number = array_add(&numbers);
        cr_assert_not_null(number);
        *number = i;
    }
    cr_assert_eq(numbers.count, 10000);
    for (uint16_t i = 0; i < 10000; i++)
        cr_assert_eq(numbers.items[i], i);
    free(numbers.items);
}

Test(array, is_moved_seldom) {
    ARRAY(char) bytes = {0};
    size_t room = 0;
    int enlarged = 0;
    for (int i = 0; i < 1 << 20; i++) {
        *array_add(&bytes) = 'x';
        enlarged += bytes.room != room;
        room = bytes.room;
    }
    cr_assert_leq(enlarged, 20);
    free(bytes.items);
}

Test(array, what_is_reserved_is_there) {
    ARRAY(int64_t) numbers = {0};
    cr_assert(array_reserve(&numbers, 1000));
    cr_assert_geq(numbers.room, 1000);
    cr_assert_eq(numbers.count, 0);
    int64_t *items = numbers.items;
    for (int i = 0; i < 1000; i++)
        *array_add(&numbers) = i;
    cr_assert_eq(numbers.items, items);
    free(numbers.items);
}

Test(array, stays_as_it_is_where_more_is_asked_than_can_be) {
    ARRAY(int64_t) numbers = {0};
    *array_add(&numbers) = 7;
    size_t room = numbers.room;
    cr_assert_not(array_reserve(&numbers, SIZE_MAX));
    cr_assert_not(array_reserve(&numbers, SIZE_MAX / sizeof(int64_t)));
    cr_assert_eq(numbers.room, room);
    cr_assert_eq(numbers.count, 1);
    cr_assert_eq(numbers.items[0], 7);
    free(numbers.items);
}
