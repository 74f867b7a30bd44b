/* SPDX-License-Identifier: MIT */
#include "heap_strings.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct heap_strings strings;

static void add(const char *text, size_t size, uint32_t node) {
    cr_assert_eq(heap_strings_add(&strings, text, size, node), 0);
}

static void expect(size_t group, size_t size, uint32_t node, uint32_t count) {
    const struct heap_string_group *found = &strings.groups.items[group];
    cr_assert_eq(found->size, size);
    cr_assert_eq(found->node, node);
    cr_assert_eq(found->count, count);
}

Test(heap_strings, are_grouped_by_all_of_their_bytes) {
    static const char one[] = "the same up to here\0 and behind a zero",
                      other[] = "the same up to here\0 and behind a zerO";
    char copy[sizeof one];
    memcpy(copy, one, sizeof one);
    add(one, sizeof one, 1);
    add(other, sizeof other, 2);
    add(one, sizeof one - 1, 3);
    add(copy, sizeof copy, 4);
    add("", 0, 5);
    add("", 0, 6);
    cr_assert_eq(strings.groups.count, 4);
    expect(0, sizeof one, 1, 2);
    expect(1, sizeof other, 2, 1);
    expect(2, sizeof one - 1, 3, 1);
    expect(3, 0, 5, 2);
    heap_strings_finish(&strings);
}

Test(heap_strings, are_found_again_however_many_there_are) {
    enum { COUNT = 10000, BYTES = 16 };
    static char texts[COUNT][BYTES], copies[COUNT][BYTES];
    for (uint32_t i = 0; i < COUNT; i++) {
        snprintf(texts[i], BYTES, "text %u", i);
        memcpy(copies[i], texts[i], BYTES);
        add(texts[i], strlen(texts[i]), i + 1);
    }
    for (uint32_t i = 0; i < COUNT; i += 2)
        add(copies[i], strlen(copies[i]), COUNT + i);
    cr_assert_eq(strings.groups.count, COUNT);
    for (uint32_t i = 0; i < COUNT; i++)
        expect(i, strlen(texts[i]), i + 1, i % 2 == 0 ? 2 : 1);
    heap_strings_finish(&strings);
}
