/* SPDX-License-Identifier: MIT */
#include "site_cache.h"

#include <criterion/criterion.h>

static struct site_cache cache;
static const uint32_t code[4 * SITE_CACHE_ROOM];

/* 0: it is not known. */
static uint32_t get(const struct site_cache *of, const void *pc) {
    uint32_t site;
    return site_cache_find(of, pc, &site) ? site : 0;
}

Test(site_cache, knows_what_was_put_until_code_is_freed) {
    cr_assert_eq(get(&cache, &code[1]), 0);
    site_cache_put(&cache, &code[1], 7);
    site_cache_put(&cache, &code[2], 8);
    cr_assert_eq(get(&cache, &code[1]), 7);
    cr_assert_eq(get(&cache, &code[2]), 8);
    cr_assert_eq(get(&cache, &code[3]), 0);
    site_cache_forget(&cache);
    cr_assert_eq(get(&cache, &code[1]), 0);
    site_cache_put(&cache, &code[1], 9);
    cr_assert_eq(get(&cache, &code[1]), 9);
    cr_assert_eq(get(&cache, &code[2]), 0);
}

Test(site_cache, of_two_instructions_in_one_place_knows_the_last) {
    size_t other = 1;
    while (site_cache_place(&code[other]) != site_cache_place(&code[0]))
        other++;
    site_cache_put(&cache, &code[0], 7);
    site_cache_put(&cache, &code[other], 8);
    cr_assert_eq(get(&cache, &code[0]), 0);
    cr_assert_eq(get(&cache, &code[other]), 8);
}

Test(site_cache, holds_the_instructions_of_a_function_all_at_once) {
    for (uint32_t i = 0; i < SITE_CACHE_ROOM / 2; i++)
        site_cache_put(&cache, &code[i], i + 1);
    uint32_t held = 0;
    for (uint32_t i = 0; i < SITE_CACHE_ROOM / 2; i++)
        held += get(&cache, &code[i]) == i + 1;
    cr_assert_geq(held, SITE_CACHE_ROOM / 4);
}
