/* SPDX-License-Identifier: MIT */
#include "heap_graph.h"

#include "random_graph.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>

enum { MOST = RANDOM_GRAPH_MOST, GRAPHS = 5000 };

struct trial {
    struct random_graph random;
    uint8_t groups[MOST];
    uint64_t held[MOST];
};

static void make(struct trial *trial) {
    *trial = (struct trial){.groups = {0}};
    random_graph_make(&trial->random);
    for (size_t node = 1; node < trial->random.nodes; node++)
        trial->groups[node] = (uint8_t)(random_graph_below(2) ? random_graph_below(7) : 0);
}

/* The naive way: what is reached without going by the group? */
static void reach(const struct trial *trial, size_t node, uint8_t without, bool *reached) {
    if (reached[node] || (without != 0 && trial->groups[node] == without))
        return;
    reached[node] = true;
    for (size_t to = 1; to < trial->random.nodes; to++)
        if (trial->random.edges[node][to])
            reach(trial, to, without, reached);
}

static void check_group(const struct trial *trial, uint8_t group) {
    bool reached[MOST] = {false};
    reach(trial, 0, group, reached);
    for (size_t node = 0; node < trial->random.nodes; node++)
        cr_assert_eq(trial->held[node] >> (group - 1) & 1, !reached[node], "node %zu, group %d",
                     node, group);
}

Test(heap_graph, holds_what_is_not_reached_without_the_group) {
    struct trial trial;
    for (int i = 0; i < GRAPHS; i++) {
        make(&trial);
        cr_assert_eq(heap_graph_hold(&trial.random.graph, trial.groups, trial.held,
                                     random_graph_never, NULL),
                     0);
        for (uint8_t group = 1; group <= 6; group++)
            check_group(&trial, group);
        heap_graph_finish(&trial.random.graph);
    }
}

/* 0 -> 1 -> 2 -> ... */
static void make_chain(struct heap_graph *graph, uint32_t nodes) {
    for (uint32_t node = 0; node < nodes; node++) {
        cr_assert_eq(heap_graph_begin(graph), 0);
        if (node + 1 < nodes)
            cr_assert_eq(heap_graph_add(graph, node, node + 1), 0);
    }
}

Test(heap_graph, has_room_for_as_many_groups_as_it_says) {
    enum { NODES = 1000 };
    struct heap_graph graph = {0};
    uint8_t groups[NODES] = {0};
    uint64_t held[NODES];
    make_chain(&graph, NODES);
    for (int i = 0; i < HEAP_GRAPH_GROUPS; i++)
        groups[100 + i] = (uint8_t)(i + 1);
    cr_assert_eq(heap_graph_hold(&graph, groups, held, random_graph_never, NULL), 0);
    cr_assert_eq(held[99], 0);
    cr_assert_eq(held[100], 1);
    cr_assert_eq(held[102], 7);
    cr_assert_eq(held[NODES - 1], UINT64_MAX);
    heap_graph_finish(&graph);
}

Test(heap_graph, is_left_when_it_is_cancelled) {
    enum { NODES = 100 };
    struct heap_graph graph = {0};
    uint8_t groups[NODES] = {0};
    uint64_t held[NODES];
    int asked = 10;
    make_chain(&graph, NODES);
    cr_assert_eq(heap_graph_hold(&graph, groups, held, random_graph_after_some, &asked),
                 -ECANCELED);
    cr_assert_eq(asked, 0);
    heap_graph_finish(&graph);
}
