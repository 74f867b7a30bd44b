/* SPDX-License-Identifier: MIT */
/*
 * random_graph: graphs of the heap as a walk notes them, at random, but the same in each run.
 */
#ifndef LUAHEAT_TESTS_RANDOM_GRAPH_H
#define LUAHEAT_TESTS_RANDOM_GRAPH_H

#include "heap_graph.h"

#include <stdbool.h>
#include <stddef.h>

enum { RANDOM_GRAPH_MOST = 24 };

/* Every node is reached from node 0; edges lead anywhere, to themselves and to the root too. */
struct random_graph {
    size_t nodes;
    bool edges[RANDOM_GRAPH_MOST][RANDOM_GRAPH_MOST];
    struct heap_graph graph; /* whoever has made it finishes it */
};

/* With two nodes or more. One edge of four is told after its node was begun. */
void random_graph_make(struct random_graph *random);

/* 0 to limit - 1. */
size_t random_graph_below(size_t limit);

/* `cancelled` of walks over a graph: never; at the call that makes the int 0. */
bool random_graph_never(void *data);
bool random_graph_after_some(void *data);

#endif
