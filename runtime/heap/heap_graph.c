/* SPDX-License-Identifier: MIT */
#include "heap_graph.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

int heap_graph_begin(struct heap_graph *graph) {
    uint32_t *first = graph->targets.count < UINT32_MAX ? array_add(&graph->firsts) : NULL;
    if (first == NULL)
        return -ENOMEM;
    *first = (uint32_t)graph->targets.count;
    return 0;
}

static int add_other(struct heap_graph *graph, uint32_t from, uint32_t to) {
    struct heap_graph_edge *edge = array_add(&graph->others);
    if (edge == NULL)
        return -ENOMEM;
    *edge = (struct heap_graph_edge){from, to};
    return 0;
}

int heap_graph_add(struct heap_graph *graph, uint32_t from, uint32_t to) {
    if (from + 1 != graph->firsts.count)
        return add_other(graph, from, to);
    uint32_t *target = array_add(&graph->targets);
    if (target == NULL)
        return -ENOMEM;
    *target = to;
    return 0;
}

void heap_graph_finish(struct heap_graph *graph) {
    free(graph->firsts.items);
    free(graph->targets.items);
    free(graph->others.items);
    *graph = (struct heap_graph){0};
}

/* ---- all edges of a node ---- */

static int by_origin(const void *a, const void *b) {
    const struct heap_graph_edge *one = a, *other = b;
    return (one->from > other->from) - (one->from < other->from);
}

/* The index of the first of them that leads from the node or one behind. */
static size_t first_other(const struct heap_graph *graph, uint32_t node) {
    size_t low = 0, high = graph->others.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (graph->others.items[middle].from < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void heap_graph_settle(struct heap_graph *graph) {
    if (graph->others.count > 1)
        qsort(graph->others.items, graph->others.count, sizeof *graph->others.items, by_origin);
}

size_t heap_graph_edges(const struct heap_graph *graph) {
    return graph->targets.count + graph->others.count;
}

static size_t end_of(const struct heap_graph *graph, uint32_t node) {
    return node + 1 < graph->firsts.count ? graph->firsts.items[node + 1] : graph->targets.count;
}

const uint32_t *heap_graph_target(const struct heap_graph *graph, uint32_t node, size_t i) {
    size_t first = graph->firsts.items[node], own = end_of(graph, node) - first;
    if (i < own)
        return &graph->targets.items[first + i];
    if (graph->others.count == 0)
        return NULL;
    size_t other = first_other(graph, node) + (i - own);
    bool has = other < graph->others.count && graph->others.items[other].from == node;
    return has ? &graph->others.items[other].to : NULL;
}

/* ---- data flow ---- */

/* What has changed and is to be told to those it leads to: a ring, which holds each node once. */
struct flow {
    const struct heap_graph *graph;
    const uint8_t *groups;
    uint64_t *held;
    uint32_t *ring;
    bool *waits;
    size_t nodes, first, count;
};

static void tell_later(struct flow *flow, uint32_t node) {
    if (flow->waits[node])
        return;
    flow->waits[node] = true;
    flow->ring[(flow->first + flow->count++) % flow->nodes] = node;
}

static uint32_t next(struct flow *flow) {
    uint32_t node = flow->ring[flow->first];
    flow->first = (flow->first + 1) % flow->nodes;
    flow->count--;
    flow->waits[node] = false;
    return node;
}

static uint64_t own(const struct flow *flow, uint32_t node) {
    return flow->groups[node] != 0 ? UINT64_C(1) << (flow->groups[node] - 1) : 0;
}

static void lead(struct flow *flow, uint64_t held, uint32_t to) {
    uint64_t less = (flow->held[to] & held) | own(flow, to);
    if (less == flow->held[to])
        return;
    flow->held[to] = less;
    tell_later(flow, to);
}

static void tell(struct flow *flow, uint32_t node) {
    const struct heap_graph *graph = flow->graph;
    uint64_t held = flow->held[node];
    for (size_t i = graph->firsts.items[node]; i < end_of(graph, node); i++)
        lead(flow, held, graph->targets.items[i]);
    for (size_t i = first_other(graph, node);
         i < graph->others.count && graph->others.items[i].from == node; i++)
        lead(flow, held, graph->others.items[i].to);
}

/* At first each node is held by all; those that are reached learn better. Their words only lose
   bits, so it comes to an end. */
static int flow_on(struct flow *flow, bool (*cancelled)(void *data), void *data) {
    for (size_t i = 0; i < flow->nodes; i++)
        flow->held[i] = UINT64_MAX;
    flow->held[0] = own(flow, 0);
    tell_later(flow, 0);
    while (flow->count > 0) {
        if (cancelled(data))
            return -ECANCELED;
        tell(flow, next(flow));
    }
    return 0;
}

int heap_graph_hold(struct heap_graph *graph, const uint8_t *groups, uint64_t *held,
                    bool (*cancelled)(void *data), void *data) {
    struct flow flow = {
        .graph = graph, .groups = groups, .held = held, .nodes = graph->firsts.count};
    if (flow.nodes == 0)
        return 0;
    heap_graph_settle(graph);
    flow.ring = malloc(flow.nodes * sizeof *flow.ring);
    flow.waits = calloc(flow.nodes, sizeof *flow.waits);
    int error = flow.ring != NULL && flow.waits != NULL ? flow_on(&flow, cancelled, data) : -ENOMEM;
    free(flow.ring);
    free(flow.waits);
    return error;
}
