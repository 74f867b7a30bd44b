/* SPDX-License-Identifier: MIT */
#include "heap_dominators.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

enum { PARTS = 9 };

static const uint32_t numberless = UINT32_MAX;

/* Nodes have numbers: those of a search in depth, from 0. All but `numbers` is by number. */
struct search {
    const struct heap_graph *graph;
    size_t count;
    uint32_t *numbers;   /* of each node */
    uint32_t *nodes;     /* of each number */
    uint32_t *dominator; /* the innermost; at first from where it was reached */
    uint32_t *ancestor;  /* from where it was reached, or further up: the way is made shorter */
    uint32_t *semi;      /* the semidominator */
    uint32_t *label;     /* whose semidominator is the least on the way to the ancestor */
    uint32_t *stack;
    uint32_t *firsts;  /* in `sources`, of each number; one more at the end, and one to spare */
    uint32_t *sources; /* who leads to it */
    bool (*cancelled)(void *data);
    void *data;
};

/* ---- numbering ---- */

static void number(struct search *search, uint32_t node, uint32_t from, uint32_t number) {
    search->numbers[node] = number;
    search->nodes[number] = node;
    search->dominator[number] = search->ancestor[number] = from;
    search->semi[number] = search->label[number] = number;
}

/* The first target from that one on that has no number; numberless: none. */
static uint32_t next_target(const struct search *search, uint32_t node, uint32_t *at) {
    const uint32_t *target;
    while ((target = heap_graph_target(search->graph, node, *at)) != NULL) {
        ++*at;
        if (search->numbers[*target] == numberless)
            return *target;
    }
    return numberless;
}

/* `firsts` keeps how many targets of each have been looked at. */
static int number_all(struct search *search) {
    uint32_t next = 1, depth = 1, *at = search->firsts;
    for (size_t node = 0; node < search->count; node++)
        search->numbers[node] = numberless;
    number(search, 0, 0, 0);
    search->stack[0] = 0;
    while (depth > 0) {
        uint32_t top = search->stack[depth - 1];
        uint32_t target = next_target(search, search->nodes[top], &at[top]);
        if (search->cancelled(search->data))
            return -ECANCELED;
        if (target == numberless) {
            depth--;
        } else {
            number(search, target, top, next);
            search->stack[depth++] = next++;
        }
    }
    assert(next == search->count);
    return 0;
}

/* ---- who leads to whom ---- */

typedef void edge_function(struct search *search, uint32_t from, uint32_t to);

static void for_each_edge(struct search *search, edge_function *function) {
    const uint32_t *numbers = search->numbers, *target;
    for (uint32_t node = 0; node < search->count; node++)
        for (uint32_t i = 0; (target = heap_graph_target(search->graph, node, i)) != NULL; i++)
            function(search, numbers[node], numbers[*target]);
}

static void count(struct search *search, uint32_t from, uint32_t to) {
    (void)from;
    search->firsts[to + 2]++;
}

static void place(struct search *search, uint32_t from, uint32_t to) {
    search->sources[search->firsts[to + 1]++] = from;
}

/* Each finds its place behind that of the one before, whose end then is its beginning. */
static void turn_edges(struct search *search) {
    for (size_t i = 0; i < search->count + 2; i++)
        search->firsts[i] = 0;
    for_each_edge(search, count);
    for (size_t i = 2; i < search->count + 2; i++)
        search->firsts[i] += search->firsts[i - 1];
    for_each_edge(search, place);
}

/* ---- dominators ---- */

/* On the way from that one up to the first whose ancestor is below `linked`. */
static uint32_t least_label(struct search *search, uint32_t at, uint32_t linked) {
    uint32_t *ancestor = search->ancestor, *label = search->label;
    size_t depth = 0;
    for (; ancestor[at] >= linked; at = ancestor[at])
        search->stack[depth++] = at;
    while (depth > 0) {
        uint32_t below = search->stack[--depth];
        ancestor[below] = ancestor[at];
        if (search->semi[label[at]] < search->semi[label[below]])
            label[below] = label[at];
        at = below;
    }
    return label[at];
}

static int find_semidominators(struct search *search) {
    for (uint32_t i = (uint32_t)search->count - 1; i > 0; i--) {
        uint32_t least = search->dominator[i];
        for (uint32_t at = search->firsts[i]; at < search->firsts[i + 1]; at++) {
            uint32_t label = least_label(search, search->sources[at], i + 1);
            if (search->semi[label] < least)
                least = search->semi[label];
        }
        search->semi[i] = least;
        if (search->cancelled(search->data))
            return -ECANCELED;
    }
    return 0;
}

static void find_dominators(struct search *search) {
    uint32_t *dominator = search->dominator;
    for (uint32_t i = 1; i < search->count; i++)
        while (dominator[i] > search->semi[i])
            dominator[i] = dominator[dominator[i]];
}

static void add_up(const struct search *search, uint64_t *bytes) {
    for (size_t i = search->count; i-- > 1;)
        bytes[search->nodes[search->dominator[i]]] += bytes[search->nodes[i]];
}

/* ---- all of it ---- */

static int find(struct search *search) {
    int error = number_all(search);
    if (error != 0)
        return error;
    turn_edges(search);
    error = find_semidominators(search);
    if (error == 0)
        find_dominators(search);
    return error;
}

/* Everything stands in one block, `sources` at its end. */
static void divide(struct search *search, uint32_t *block) {
    uint32_t **const parts[PARTS] = {&search->numbers,  &search->nodes,  &search->dominator,
                                     &search->ancestor, &search->semi,   &search->label,
                                     &search->stack,    &search->firsts, &search->sources};
    for (size_t i = 0; i < PARTS; i++)
        *parts[i] = block + i * (search->count + 2);
}

int heap_dominators_add_up(struct heap_graph *graph, uint64_t *bytes, bool (*cancelled)(void *data),
                           void *data) {
    struct search search = {
        .graph = graph, .count = graph->firsts.count, .cancelled = cancelled, .data = data};
    if (search.count == 0)
        return 0;
    heap_graph_settle(graph);
    size_t words = (PARTS - 1) * (search.count + 2) + heap_graph_edges(graph);
    uint32_t *block = calloc(words, sizeof *block);
    if (block == NULL)
        return -ENOMEM;
    divide(&search, block);
    int error = find(&search);
    if (error == 0)
        add_up(&search, bytes);
    free(block);
    return error;
}
