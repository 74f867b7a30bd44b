/* SPDX-License-Identifier: MIT */
/*
 * heap_graph: who refers to whom, by number, as a walk has seen it: 4 bytes for each edge and each
 * node. And what groups of nodes retain: what is not reached from node 0, the root, but by way of
 * one of the group.
 *
 * For one node that is dominance; for a group it is the retained set of Eclipse's Memory Analyzer.
 * It cannot be read off the tree of dominators, in which what two of a group hold together hangs
 * above both. So the question is put as that of dominators first was, as a problem of data flow
 * (Allen and Cocke, "A program data flow analysis procedure", CACM 1976): by which groups does
 * every way to a node lead? That is what all its predecessors have in common, and its own group. Of
 * up to 64 groups the answer is one word for each node, and no group bothers another.
 */
#ifndef LUAHEAT_HEAP_HEAP_GRAPH_H
#define LUAHEAT_HEAP_HEAP_GRAPH_H

#include "array.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HEAP_GRAPH_GROUPS = 64 };

struct heap_graph_edge {
    uint32_t from, to;
};

/* All zero is an empty one. */
struct heap_graph {
    ARRAY(uint32_t) firsts;               /* of each node: its first target's index */
    ARRAY(uint32_t) targets;              /* of all of them, in order */
    ARRAY(struct heap_graph_edge) others; /* that were told when another node had been begun */
};

/* Nodes are begun in their order, from 0; their edges follow. 0 or -ENOMEM. */
int heap_graph_begin(struct heap_graph *graph);
int heap_graph_add(struct heap_graph *graph, uint32_t from, uint32_t to);

/* All nodes are begun: what was told late can be found. How many edges there are. */
void heap_graph_settle(struct heap_graph *graph);
size_t heap_graph_edges(const struct heap_graph *graph);

/* Once it is settled: target number i of the node, from 0; NULL: it has no more. */
const uint32_t *heap_graph_target(const struct heap_graph *graph, uint32_t node, size_t i);

/* All nodes are begun. groups: of each node, from 1; 0: none. Then held[node] has a bit for each
   group, from bit 0, without which the node would not be reached. 0, -ENOMEM, or -ECANCELED if
   `cancelled`, which is asked often, says so. */
int heap_graph_hold(struct heap_graph *graph, const uint8_t *groups, uint64_t *held,
                    bool (*cancelled)(void *data), void *data);

void heap_graph_finish(struct heap_graph *graph);

#endif
