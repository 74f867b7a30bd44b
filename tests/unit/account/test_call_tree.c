/* SPDX-License-Identifier: MIT */
#include "call_tree.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static struct call_tree tree;
static struct stacks_figures *shared;

static void open_tree(void) {
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_eq(call_tree_init(&tree, shared), 0);
}

static void close_tree(void) {
    call_tree_finish(&tree);
    munmap(shared, sizeof *shared);
}

TestSuite(call_tree, .init = open_tree, .fini = close_tree);

static const char *name_of(uint32_t function) {
    return shared->text + shared->functions[function].name;
}

/* A line's site is ten times its number. */
static uint32_t call(uint32_t parent, uint32_t function, uint32_t line) {
    return call_tree_node(&tree, parent, (struct call_tree_place){function, line, line * 10});
}

Test(call_tree, finds_what_it_has_made) {
    uint32_t outer = call_tree_function(&tree, 7, 10, "outer");
    uint32_t inner = call_tree_function(&tree, 7, 20, "inner");
    uint32_t at = call(STACKS_ROOT, outer, 11);
    uint32_t leaf = call(at, inner, 21);
    cr_assert_neq(outer, inner);
    cr_assert_eq(call_tree_function(&tree, 7, 20, "inner"), inner);
    cr_assert_eq(call(at, inner, 21), leaf);
    cr_assert_neq(call(at, inner, 22), leaf, "another line");
    cr_assert_neq(call(STACKS_ROOT, inner, 21), leaf, "another caller");
    cr_assert_eq(shared->nodes[leaf].parent, at);
    cr_assert_eq(shared->nodes[leaf].function, inner);
    cr_assert_eq(shared->nodes[leaf].line, 21);
    cr_assert_eq(shared->nodes[leaf].site, 210);
    cr_assert_eq(shared->nodes[STACKS_ROOT].site, STACKS_NO_SITE);
}

Test(call_tree, the_first_name_stays) {
    uint32_t function = call_tree_function(&tree, 7, 10, NULL);
    cr_assert_str_eq(name_of(function), "");
    call_tree_function(&tree, 7, 10, "first");
    call_tree_function(&tree, 7, 10, "second");
    cr_assert_str_eq(name_of(function), "first");
}

Test(call_tree, c_functions_are_told_apart_by_name) {
    uint32_t rep = call_tree_c_function(&tree, "rep"), unknown = call_tree_c_function(&tree, NULL);
    cr_assert_eq(call_tree_c_function(&tree, "rep"), rep);
    cr_assert_neq(call_tree_c_function(&tree, "format"), rep);
    cr_assert_eq(call_tree_c_function(&tree, NULL), unknown);
    cr_assert_str_eq(name_of(rep), "rep");
    cr_assert_str_eq(name_of(unknown), "?");
}

Test(call_tree, a_long_name_is_cut_and_found_again) {
    char name[1000] = {0};
    memset(name, 'x', sizeof name - 1);
    uint32_t function = call_tree_c_function(&tree, name);
    cr_assert_eq(call_tree_c_function(&tree, name), function);
    cr_assert_lt(strlen(name_of(function)), 200);
}

Test(call_tree, names_beyond_the_room_are_left_out) {
    char name[16];
    for (uint32_t i = 0; i < STACKS_TEXT / 8; i++) {
        snprintf(name, sizeof name, "name %u", i);
        uint32_t function = call_tree_function(&tree, 7, i % STACKS_FUNCTIONS, name);
        cr_assert_lt(shared->functions[function].name, STACKS_TEXT);
    }
    cr_assert_leq(shared->text_bytes, STACKS_TEXT);
}

Test(call_tree, functions_beyond_the_room_are_one) {
    for (uint32_t i = 1; i <= STACKS_FUNCTIONS + 10; i++)
        call_tree_function(&tree, 7, i, NULL);
    cr_assert_eq(shared->function_count, STACKS_FUNCTIONS);
    cr_assert_eq(call_tree_function(&tree, 8, 1, "late"), STACKS_TOO_MANY);
    cr_assert_neq(call_tree_function(&tree, 7, 1, NULL), STACKS_TOO_MANY, "old ones are known");
}

Test(call_tree, stacks_beyond_the_room_are_counted_together) {
    uint32_t function = call_tree_function(&tree, 7, 1, "f"), node = STACKS_ROOT;
    for (uint32_t i = STACKS_FIRST_NODE; i < STACKS_NODES; i++) {
        node = call(i % 100 == 0 ? STACKS_ROOT : node, function, i);
        cr_assert_neq(node, STACKS_OVERFLOW);
    }
    cr_assert_eq(call(node, function, 1), STACKS_OVERFLOW);
    cr_assert_eq(call(STACKS_OVERFLOW, function, 1), STACKS_OVERFLOW);
    cr_assert_eq(shared->node_count, STACKS_NODES);
    cr_assert_str_eq(name_of(shared->nodes[STACKS_OVERFLOW].function), "(too many stacks)");
}
