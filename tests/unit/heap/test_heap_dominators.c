/* SPDX-License-Identifier: MIT */
#include "heap_dominators.h"

#include "random_graph.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>

enum { MOST = RANDOM_GRAPH_MOST, GRAPHS = 5000 };

struct trial {
    struct random_graph random;
    uint64_t bytes[MOST];
};

static void make(struct trial *trial) {
    random_graph_make(&trial->random);
    for (size_t node = 0; node < trial->random.nodes; node++)
        trial->bytes[node] = random_graph_below(100);
}

static void add(struct heap_graph *graph, size_t from, size_t to) {
    cr_assert_eq(heap_graph_add(graph, (uint32_t)from, (uint32_t)to), 0);
}

/* The naive way: what is reached without that node? */
static void reach(const struct trial *trial, size_t node, size_t without, bool *reached) {
    if (reached[node] || node == without)
        return;
    reached[node] = true;
    for (size_t to = 0; to < trial->random.nodes; to++)
        if (trial->random.edges[node][to])
            reach(trial, to, without, reached);
}

static uint64_t retained(const struct trial *trial, size_t node) {
    bool reached[MOST] = {false};
    uint64_t bytes = 0;
    reach(trial, 0, node, reached);
    for (size_t i = 0; i < trial->random.nodes; i++)
        bytes += reached[i] ? 0 : trial->bytes[i];
    return bytes;
}

Test(heap_dominators, retain_what_is_not_reached_without_them) {
    struct trial trial;
    for (int i = 0; i < GRAPHS; i++) {
        uint64_t bytes[MOST];
        make(&trial);
        memcpy(bytes, trial.bytes, sizeof bytes);
        cr_assert_eq(heap_dominators_add_up(&trial.random.graph, bytes, random_graph_never, NULL),
                     0);
        for (size_t node = 0; node < trial.random.nodes; node++)
            cr_assert_eq(bytes[node], retained(&trial, node), "graph %d, node %zu", i, node);
        heap_graph_finish(&trial.random.graph);
    }
}

/* 0 -> 1 -> 2 -> ..., and back from each. */
static void make_chain(struct heap_graph *graph, uint32_t nodes) {
    for (uint32_t node = 0; node < nodes; node++) {
        cr_assert_eq(heap_graph_begin(graph), 0);
        if (node > 0)
            add(graph, node, node - 1);
        if (node + 1 < nodes)
            add(graph, node, node + 1);
    }
}

Test(heap_dominators, have_no_stack_that_a_long_list_overflows, .timeout = 60) {
    enum { NODES = 2000000 };
    struct heap_graph graph = {0};
    uint64_t *bytes = calloc(NODES, sizeof *bytes);
    make_chain(&graph, NODES);
    for (size_t i = 0; i < NODES; i++)
        bytes[i] = 1;
    cr_assert_eq(heap_dominators_add_up(&graph, bytes, random_graph_never, NULL), 0);
    cr_assert_eq(bytes[0], NODES);
    cr_assert_eq(bytes[NODES / 2], NODES / 2);
    cr_assert_eq(bytes[NODES - 1], 1);
    heap_graph_finish(&graph);
    free(bytes);
}

Test(heap_dominators, are_left_when_they_are_cancelled) {
    enum { NODES = 100 };
    for (int after = 10; after <= 250; after += 120) { /* while it numbers, and behind */
        struct heap_graph graph = {0};
        uint64_t bytes[NODES] = {0};
        int asked = after;
        make_chain(&graph, NODES);
        cr_assert_eq(heap_dominators_add_up(&graph, bytes, random_graph_after_some, &asked),
                     -ECANCELED);
        cr_assert_eq(asked, 0);
        heap_graph_finish(&graph);
    }
}

Test(heap_dominators, of_nothing_are_none) {
    struct heap_graph graph = {0};
    cr_assert_eq(heap_dominators_add_up(&graph, NULL, random_graph_never, NULL), 0);
}
