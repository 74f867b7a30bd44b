/* SPDX-License-Identifier: MIT */
#include "random_graph.h"

#include <criterion/criterion.h>

static unsigned state = 1;

size_t random_graph_below(size_t limit) {
    state = state * 1103515245u + 12345u;
    return (state >> 16) % limit;
}

bool random_graph_never(void *data) {
    (void)data;
    return false;
}

bool random_graph_after_some(void *data) {
    return --*(int *)data == 0;
}

static void add(struct heap_graph *graph, size_t from, size_t to) {
    cr_assert_eq(heap_graph_add(graph, (uint32_t)from, (uint32_t)to), 0);
}

static void tell(struct random_graph *random) {
    bool late[RANDOM_GRAPH_MOST][RANDOM_GRAPH_MOST] = {{false}};
    for (size_t from = 0; from < random->nodes; from++) {
        cr_assert_eq(heap_graph_begin(&random->graph), 0);
        for (size_t to = 0; to < random->nodes; to++) {
            late[from][to] = random->edges[from][to] && random_graph_below(4) == 0;
            if (random->edges[from][to] && !late[from][to])
                add(&random->graph, from, to);
        }
    }
    for (size_t to = random->nodes; to-- > 0;)
        for (size_t from = 0; from < random->nodes; from++)
            if (late[from][to])
                add(&random->graph, from, to);
}

void random_graph_make(struct random_graph *random) {
    *random = (struct random_graph){.nodes = 2 + random_graph_below(RANDOM_GRAPH_MOST - 1)};
    for (size_t node = 1; node < random->nodes; node++)
        random->edges[random_graph_below(node)][node] = true;
    for (size_t i = random_graph_below(3 * random->nodes); i > 0; i--)
        random->edges[random_graph_below(random->nodes)][random_graph_below(random->nodes)] = true;
    tell(random);
}
