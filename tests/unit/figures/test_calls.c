/* SPDX-License-Identifier: MIT */
#include "callees.h"
#include "calls.h"
#include "figures_copy.h"
#include "handmade_figures.h"
#include "hostile_figures.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct figures *figures;
static struct snapshot since;
static struct sampled sampled;
static struct calls calls;

static void setup(void) {
    figures = handmade_create();
    figures->stacks.mean = STACKS_ALL;
    figures->stacks.node_count = STACKS_FIRST_NODE;
    figures->stacks.function_count = STACKS_PSEUDO_FUNCTIONS;
    for (int i = 0; i < STACKS_PSEUDO_FUNCTIONS; i++)
        figures->stacks.functions[i].source = STACKS_NO_SOURCE;
    since = (struct snapshot){0};
}

static void finish(void) {
    calls_finish(&calls);
    sampled_finish(&sampled);
}

static void teardown(void) {
    finish();
    snapshot_finish(&since);
    handmade_destroy(figures);
}

TestSuite(calls, .init = setup, .fini = teardown);

static uint32_t call(uint32_t parent, uint32_t line, uint64_t allocated, uint64_t freed) {
    uint32_t node = figures->stacks.node_count++;
    figures->stacks.nodes[node] = (struct stacks_node){.parent = parent,
                                                       .line = line,
                                                       .allocated = allocated,
                                                       .freed = freed,
                                                       .variance = 3 * allocated,
                                                       .freed_variance = 3 * freed};
    return node;
}

static void read_largest(size_t limit) {
    cr_assert_eq(sampled_read(&sampled, figures), 0);
    cr_assert_eq(calls_read(&calls, &sampled, figures, &since, limit), 0);
}

static void assert_call(size_t index, uint32_t parent, uint32_t line, int64_t allocated) {
    cr_assert_lt(index, calls.count);
    cr_assert_eq(calls.nodes[index].parent, parent);
    cr_assert_eq(calls.nodes[index].line, line);
    cr_assert_eq(calls.nodes[index].own.allocated.bytes, allocated);
}

Test(calls, all_of_them_where_there_is_room) {
    uint32_t a = call(STACKS_ROOT, 10, 1, 0), b = call(a, 20, 0, 0);
    call(b, 30, 100, 60);
    read_largest(100);
    cr_assert_eq(calls.count, 3);
    cr_assert_eq(calls.dropped, 0);
    assert_call(0, CALLS_OUTERMOST, 10, 1);
    assert_call(1, 0, 20, 0);
    assert_call(2, 1, 30, 100);
    cr_assert_eq(calls.nodes[2].own.live.bytes, 40);
    cr_assert_eq(calls.nodes[2].own.live.variance, 120);
    cr_assert_eq(calls.nodes[2].own.growth.bytes, 40, "since the start");
}

Test(calls, growth_is_since_the_snapshot_and_what_came_later_all_new) {
    uint32_t a = call(STACKS_ROOT, 10, 100, 0);
    cr_assert_eq(snapshot_add_calls(&since, figures), 0);
    figures->stacks.nodes[a].allocated += 7;
    figures->stacks.nodes[a].freed += 30;
    call(a, 20, 5, 0);
    read_largest(100);
    cr_assert_eq(calls.nodes[0].own.growth.bytes, -23);
    cr_assert_eq(calls.nodes[0].own.allocated.bytes, 107);
    cr_assert_eq(calls.nodes[1].own.growth.bytes, 5);
}

Test(calls, the_smaller_ones_are_told_together_where_they_are) {
    uint32_t a = call(STACKS_ROOT, 10, 1000, 0);
    call(a, 20, 3, 0);
    uint32_t b = call(a, 30, 500, 0);
    call(b, 40, 20, 0);
    call(b, 50, 10, 0);
    call(STACKS_ROOT, 60, 2, 0);
    read_largest(2);
    cr_assert_eq(calls.dropped, 4);
    cr_assert_eq(calls.count, 5);
    assert_call(0, CALLS_OUTERMOST, 10, 1000);
    assert_call(1, 0, 30, 500);
    assert_call(2, 0, 0, 3);
    assert_call(3, 1, 0, 30);
    assert_call(4, CALLS_OUTERMOST, 0, 2);
    for (size_t i = 2; i < 5; i++)
        cr_assert_eq(calls.nodes[i].function, CALLS_OTHER);
    cr_assert_eq(calls.nodes[3].own.allocated.variance, 90);
}

Test(calls, whoever_only_calls_is_as_large_as_what_it_calls) {
    call(STACKS_ROOT, 10, 5, 5);
    uint32_t outer = call(STACKS_ROOT, 20, 0, 0), inner = call(outer, 30, 0, 0);
    call(inner, 40, 1000, 1000);
    read_largest(3);
    assert_call(0, CALLS_OUTERMOST, 20, 0);
    assert_call(1, 0, 30, 0);
    assert_call(2, 1, 40, 1000);
}

Test(calls, what_lives_or_has_grown_is_large_beside_what_was_only_allocated) {
    call(STACKS_ROOT, 10, 1000000, 1000000);
    call(STACKS_ROOT, 20, 50000, 50000);
    call(STACKS_ROOT, 30, 40, 0);
    read_largest(2);
    assert_call(0, CALLS_OUTERMOST, 10, 1000000);
    assert_call(1, CALLS_OUTERMOST, 30, 40);
}

Test(calls, nothing_of_a_program_without_stacks) {
    figures->stacks.node_count = 0;
    read_largest(10);
    cr_assert_eq(calls.count, 0);
    cr_assert_eq(calls.dropped, 0);
}

/* Whatever they are, there is a tree. */
Test(calls, figures_that_were_scribbled_over) {
    struct figures_copy copy;
    cr_assert_eq(figures_copy_init(&copy, figures), 0);
    for (unsigned seed = 1; seed <= 200; seed++) {
        size_t limit = seed % 7 + 1;
        hostile_fill(figures, seed);
        figures_copy_read(&copy);
        cr_assert_eq(sampled_read(&sampled, copy.figures), 0);
        cr_assert_eq(calls_read(&calls, &sampled, copy.figures, &since, limit), 0);
        cr_assert_leq(calls.count, 2 * limit + 1);
        for (size_t i = 0; i < calls.count; i++)
            cr_assert(calls.nodes[i].parent == CALLS_OUTERMOST || calls.nodes[i].parent < i);
        finish();
    }
    figures_copy_finish(&copy);
}
