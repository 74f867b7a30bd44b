/* SPDX-License-Identifier: MIT */
#include "callees.h"
#include "handmade_figures.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { SITES = 12, NODES = 400, A = FIGURES_PSEUDO_SITES, B, C };

static struct figures *figures;

static void setup(void) {
    figures = handmade_create();
    figures->stacks.mean = STACKS_ALL;
    figures->stacks.nodes[STACKS_ROOT].site = STACKS_NO_SITE;
    figures->stacks.nodes[STACKS_OVERFLOW].site = STACKS_NO_SITE;
    figures->stacks.node_count = STACKS_FIRST_NODE;
}

static void teardown(void) {
    handmade_destroy(figures);
}

TestSuite(callees, .init = setup, .fini = teardown);

static uint32_t call(uint32_t parent, uint32_t site, uint64_t allocated, uint64_t freed) {
    uint32_t node = figures->stacks.node_count++;
    figures->stacks.nodes[node] = (struct stacks_node){.parent = parent,
                                                       .site = site,
                                                       .allocated = allocated,
                                                       .freed = freed,
                                                       .variance = 3 * allocated,
                                                       .freed_variance = 3 * freed};
    return node;
}

static struct callees below(uint32_t site) {
    struct callees *all = callees_read(figures, SITES);
    cr_assert_not_null(all);
    struct callees one = all[site];
    free(all);
    return one;
}

Test(callees, what_inner_calls_do_is_below_all_outer_ones) {
    uint32_t a = call(STACKS_ROOT, A, 1, 0), b = call(a, B, 10, 4);
    call(b, C, 100, 50);
    call(a, C, 1000, 0);
    cr_assert_eq(below(A).allocated, 1110);
    cr_assert_eq(below(A).freed, 54);
    cr_assert_eq(below(A).variance, 3330);
    cr_assert_eq(below(A).freed_variance, 162);
    cr_assert_eq(below(B).allocated, 100);
    cr_assert_not(callees_exist(&(struct callees){0}) || below(C).allocated != 0);
}

/* The call on the line is its own: a C function is charged to the line that called it. */
Test(callees, c_functions_belong_to_their_line) {
    uint32_t a = call(STACKS_ROOT, A, 0, 0), c_function = call(a, STACKS_NO_SITE, 10, 0);
    cr_assert_eq(below(A).allocated, 0);
    call(c_function, B, 100, 0); /* a callback */
    cr_assert_eq(below(A).allocated, 100);
}

Test(callees, recursion_counts_once) {
    uint32_t a = call(STACKS_ROOT, A, 1, 0), b = call(a, B, 10, 0), again = call(b, A, 100, 0);
    call(again, B, 1000, 0);
    cr_assert_eq(below(A).allocated, 1010, "what B did, wherever");
    cr_assert_eq(below(B).allocated, 100, "what A did inside of it");
}

Test(callees, what_is_outside_a_cut_stack_gets_nothing) {
    uint32_t cut = call(STACKS_ROOT, STACKS_NO_SITE, 0, 0), a = call(cut, A, 1, 0);
    call(a, B, 10, 0);
    figures->stacks.nodes[STACKS_OVERFLOW].allocated = 500;
    cr_assert_eq(below(A).allocated, 10);
    for (uint32_t site = 0; site < A; site++)
        cr_assert_eq(below(site).allocated, 0);
}

/* ---- against the definition ---- */

/* Of each node on its own: who is on the way to it, and who is charged? */
static void define(struct callees *sites) {
    const struct stacks_node *nodes = figures->stacks.nodes;
    for (uint32_t i = 1; i < figures->stacks.node_count; i++) {
        bool active[SITES] = {false};
        uint32_t charged = STACKS_NO_SITE;
        for (uint32_t at = i; at != STACKS_ROOT; at = nodes[at].parent) {
            if (nodes[at].site == STACKS_NO_SITE)
                continue;
            active[nodes[at].site] = true;
            charged = charged == STACKS_NO_SITE ? nodes[at].site : charged;
        }
        for (uint32_t site = 0; site < SITES; site++)
            if (active[site] && site != charged) {
                sites[site].allocated += nodes[i].allocated;
                sites[site].freed += nodes[i].freed;
                sites[site].variance += nodes[i].variance;
                sites[site].freed_variance += nodes[i].freed_variance;
            }
    }
}

static unsigned depth_of(uint32_t node) {
    unsigned depth = 0;
    for (; node != STACKS_ROOT; node = figures->stacks.nodes[node].parent)
        depth++;
    return depth;
}

/* Deep ones and broad ones, with few lines, so that most recur. */
static void grow_tree(unsigned seed) {
    srand(seed);
    figures->stacks.node_count = STACKS_FIRST_NODE;
    while (figures->stacks.node_count < NODES) {
        uint32_t count = figures->stacks.node_count, spread = seed % 2 == 0 ? 3 : count;
        uint32_t parent = count - 1 - (uint32_t)rand() % (spread < count ? spread : count);
        if (parent == STACKS_OVERFLOW || depth_of(parent) > STACKS_DEPTH)
            parent = STACKS_ROOT;
        uint32_t site = rand() % 4 == 0 ? STACKS_NO_SITE : A + (uint32_t)rand() % (SITES - A);
        uint64_t allocated = (uint64_t)(rand() % 1000);
        call(parent, site, allocated, allocated / 2);
    }
}

Test(callees, agrees_with_the_definition_on_any_tree) {
    for (unsigned seed = 1; seed <= 200; seed++) {
        struct callees defined[SITES] = {{0}};
        grow_tree(seed);
        define(defined);
        struct callees *found = callees_read(figures, SITES);
        for (uint32_t site = 0; site < SITES; site++)
            cr_assert_eq(memcmp(&found[site], &defined[site], sizeof defined[site]), 0,
                         "seed %u, site %u: %llu, but %llu by definition", seed, site,
                         (unsigned long long)found[site].allocated,
                         (unsigned long long)defined[site].allocated);
        free(found);
    }
}

/* ---- from one moment to another ---- */

Test(callees, between_two_moments) {
    struct callees then = {1000, 300, 100, 40}, now = {1500, 900, 160, 90};
    struct callees_change change = callees_between(&then, &now);
    cr_assert_eq(change.allocated.bytes, 500);
    cr_assert_eq(change.allocated.variance, 60);
    cr_assert_eq(change.live.bytes, 600);
    cr_assert_eq(change.live.variance, 70);
    cr_assert_eq(change.growth.bytes, -100);
    cr_assert_eq(change.growth.variance, 60 + 50, "of what came and of what went");
    struct callees churned = {100000, 99000, 9000, 8990};
    cr_assert_eq(callees_between(&then, &churned).growth.variance, 60 + 10,
                 "what came and went has no part in it");
}

Test(callees, the_error_is_that_of_95_of_100) {
    struct callees_estimate nothing = {0, 0}, some = {100, 8 * STACKS_PARTS};
    cr_assert_eq(callees_error(&nothing, 1000), 1960, "what one sample stands for");
    cr_assert_eq(callees_error(&some, 1000), 3 * 1960);
    cr_assert_eq(callees_error(&some, STACKS_ALL), 0);
    cr_assert_eq(callees_error(&nothing, 0), 0);
}
