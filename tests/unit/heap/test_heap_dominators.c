/* SPDX-License-Identifier: MIT */
#include "heap_dominators.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>

enum { MOST = 24, GRAPHS = 5000 };

/* A graph of which every node is reached from node 0; an edge of four is told late. */
struct trial {
    size_t nodes;
    bool edges[MOST][MOST];
    uint64_t bytes[MOST];
    struct heap_graph graph;
};

static unsigned random_state = 1;

static size_t random_below(size_t limit) {
    random_state = random_state * 1103515245u + 12345u;
    return (random_state >> 16) % limit;
}

static bool never(void *data) {
    return false;
}

static bool after_some(void *data) {
    return --*(int *)data == 0;
}

static void add(struct heap_graph *graph, size_t from, size_t to) {
    cr_assert_eq(heap_graph_add(graph, (uint32_t)from, (uint32_t)to), 0);
}

static void tell(struct trial *trial) {
    bool late[MOST][MOST] = {{false}};
    for (size_t from = 0; from < trial->nodes; from++) {
        cr_assert_eq(heap_graph_begin(&trial->graph), 0);
        for (size_t to = 0; to < trial->nodes; to++) {
            late[from][to] = trial->edges[from][to] && random_below(4) == 0;
            if (trial->edges[from][to] && !late[from][to])
                add(&trial->graph, from, to);
        }
    }
    for (size_t to = trial->nodes; to-- > 0;)
        for (size_t from = 0; from < trial->nodes; from++)
            if (late[from][to])
                add(&trial->graph, from, to);
}

/* Edges lead anywhere, to themselves and to the root too. */
static void make(struct trial *trial) {
    *trial = (struct trial){.nodes = 1 + random_below(MOST)};
    for (size_t node = 1; node < trial->nodes; node++)
        trial->edges[random_below(node)][node] = true;
    for (size_t i = random_below(3 * trial->nodes); i > 0; i--)
        trial->edges[random_below(trial->nodes)][random_below(trial->nodes)] = true;
    for (size_t node = 0; node < trial->nodes; node++)
        trial->bytes[node] = random_below(100);
    tell(trial);
}

/* The naive way: what is reached without that node? */
static void reach(const struct trial *trial, size_t node, size_t without, bool *reached) {
    if (reached[node] || node == without)
        return;
    reached[node] = true;
    for (size_t to = 0; to < trial->nodes; to++)
        if (trial->edges[node][to])
            reach(trial, to, without, reached);
}

static uint64_t retained(const struct trial *trial, size_t node) {
    bool reached[MOST] = {false};
    uint64_t bytes = 0;
    reach(trial, 0, node, reached);
    for (size_t i = 0; i < trial->nodes; i++)
        bytes += reached[i] ? 0 : trial->bytes[i];
    return bytes;
}

Test(heap_dominators, retain_what_is_not_reached_without_them) {
    struct trial trial;
    for (int i = 0; i < GRAPHS; i++) {
        uint64_t bytes[MOST];
        make(&trial);
        memcpy(bytes, trial.bytes, sizeof bytes);
        cr_assert_eq(heap_dominators_add_up(&trial.graph, bytes, never, NULL), 0);
        for (size_t node = 0; node < trial.nodes; node++)
            cr_assert_eq(bytes[node], retained(&trial, node), "graph %d, node %zu", i, node);
        heap_graph_finish(&trial.graph);
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
    cr_assert_eq(heap_dominators_add_up(&graph, bytes, never, NULL), 0);
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
        cr_assert_eq(heap_dominators_add_up(&graph, bytes, after_some, &asked), -ECANCELED);
        cr_assert_eq(asked, 0);
        heap_graph_finish(&graph);
    }
}

Test(heap_dominators, of_nothing_are_none) {
    struct heap_graph graph = {0};
    cr_assert_eq(heap_dominators_add_up(&graph, NULL, never, NULL), 0);
}
