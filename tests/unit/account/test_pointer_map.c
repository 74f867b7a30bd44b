/* SPDX-License-Identifier: MIT */
#include "pointer_map.h"

#include <criterion/criterion.h>
#include <stdint.h>

enum { KEYS = 512 };

/* As heap addresses are: multiples of 16. */
static void *key(size_t i) {
    return (void *)(uintptr_t)(0x10000 + i * 16);
}

Test(pointer_map, empty) {
    struct pointer_map map = {0};
    cr_assert_null(pointer_map_get(&map, key(1)));
    cr_assert_null(pointer_map_take(&map, key(1)));
}

/* Puts and takes in a pseudo-random order, checked against a plain array after every step. */
Test(pointer_map, agrees_with_an_array) {
    struct pointer_map map = {0};
    void *expected[KEYS] = {0};
    size_t count = 0;
    uint32_t random = 1;
    for (int round = 0; round < 20000; round++) {
        random = random * 1664525u + 1013904223u; /* Numerical Recipes' generator */
        size_t i = (random >> 8) % KEYS;
        if (random >> 31) {
            count += expected[i] == NULL;
            expected[i] = key(round + 1);
            cr_assert_eq(pointer_map_put(&map, key(i), expected[i]), 0);
        } else {
            count -= expected[i] != NULL;
            cr_assert_eq(pointer_map_take(&map, key(i)), expected[i]);
            expected[i] = NULL;
        }
        cr_assert_eq(map.count, count);
        for (size_t j = 0; round % 100 == 0 && j < KEYS; j++)
            cr_assert_eq(pointer_map_get(&map, key(j)), expected[j]);
    }
    pointer_map_finish(&map);
}
