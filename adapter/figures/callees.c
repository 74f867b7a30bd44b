/* SPDX-License-Identifier: MIT */
#include "callees.h"

#include <math.h>
#include <stdlib.h>

/* No stack has more calls, but the pseudo functions around it. */
enum { DEPTH = STACKS_DEPTH + 2 };

/* The part of a normal distribution's deviations within which 95 of 100 lie. */
#define DEVIATIONS 1.96

size_t callees_nodes(const struct figures *figures) {
    size_t count = figures->stacks.node_count;
    return figures->magic != FIGURES_MAGIC ? 0 : count < STACKS_NODES ? count : STACKS_NODES;
}

static void add(struct callees *to, const struct callees *more) {
    to->allocated += more->allocated;
    to->freed += more->freed;
    to->variance += more->variance;
    to->freed_variance += more->freed_variance;
}

static void subtract(struct callees *from, const struct callees *less) {
    from->allocated -= less->allocated;
    from->freed -= less->freed;
    from->variance -= less->variance;
    from->freed_variance -= less->freed_variance;
}

/* Towards the root, which is its own parent; so is a node that the program has scribbled over. */
static uint32_t parent_of(const struct stacks_node *nodes, uint32_t node) {
    return nodes[node].parent < node ? nodes[node].parent : STACKS_ROOT;
}

/* Is the node's line active further out as well? */
static bool recurs(const struct stacks_node *nodes, uint32_t node) {
    uint32_t at = node;
    for (int i = 0; i < DEPTH && at != STACKS_ROOT; i++) {
        at = parent_of(nodes, at);
        if (nodes[at].site == nodes[node].site)
            return true;
    }
    return false;
}

/* The line that is charged with what the node has allocated itself. */
static uint32_t charged(const struct stacks_node *nodes, uint32_t node, size_t sites) {
    for (int i = 0; i < DEPTH && nodes[node].site >= sites; i++)
        node = parent_of(nodes, node);
    return nodes[node].site;
}

/* Each node's with all that is further in. */
static struct callees *totals_of(const struct stacks_node *nodes, size_t count) {
    struct callees *totals = calloc(count + 1, sizeof *totals);
    for (size_t i = count; totals != NULL && i-- > 1;) {
        struct callees own = callees_own(&nodes[i]);
        add(&totals[i], &own);
        add(&totals[parent_of(nodes, (uint32_t)i)], &totals[i]);
    }
    return totals;
}

/* Of each line: where it stands outermost, less what it was charged with itself. */
struct callees *callees_read(const struct figures *figures, size_t count) {
    const struct stacks_node *nodes = figures->stacks.nodes;
    size_t known = callees_nodes(figures);
    struct callees *totals = totals_of(nodes, known);
    struct callees *sites = totals != NULL ? calloc(count + 1, sizeof *sites) : NULL;
    for (uint32_t i = 1; sites != NULL && i < known; i++) {
        uint32_t site = charged(nodes, i, count);
        struct callees own = callees_own(&nodes[i]);
        if (nodes[i].site < count && !recurs(nodes, i))
            add(&sites[nodes[i].site], &totals[i]);
        if (site < count)
            subtract(&sites[site], &own);
    }
    free(totals);
    return sites;
}

static struct callees_estimate live_of(const struct callees *callees) {
    return (struct callees_estimate){(int64_t)(callees->allocated - callees->freed),
                                     callees->variance - callees->freed_variance};
}

static uint64_t smaller(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

/* Growth: what lives at both moments has no part in its variance, nor has what came and went
   between them. */
struct callees_change callees_between(const struct callees *then, const struct callees *now) {
    struct callees_estimate was = live_of(then), is = live_of(now);
    struct callees passed = *now;
    subtract(&passed, then);
    return (struct callees_change){
        .allocated = {(int64_t)passed.allocated, passed.variance},
        .live = is,
        .growth = {(int64_t)((uint64_t)is.bytes - (uint64_t)was.bytes),
                   smaller(passed.variance + passed.freed_variance, was.variance + is.variance)}};
}

/* What no sample has met may be there all the same: as for any count of rare events, one more than
   were met makes the interval hold for few of them, too (Agresti, Coull 1998). */
uint64_t callees_error(const struct callees_estimate *estimate, uint64_t mean) {
    if (mean <= STACKS_ALL || mean > UINT32_MAX)
        return 0;
    double variance = (double)estimate->variance / STACKS_PARTS + 1;
    return (uint64_t)ceil(DEVIATIONS * (double)mean * sqrt(variance));
}
