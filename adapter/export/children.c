/* SPDX-License-Identifier: MIT */
#include "children.h"

#include "sort.h"

#include <errno.h>
#include <stdlib.h>

static int compare(const void *left, const void *right, void *data) {
    const uint64_t *totals = data;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    if (totals[a] != totals[b])
        return totals[a] < totals[b] ? -1 : 1;
    return (a < b) - (a > b);
}

/* The smallest first, so that the largest ends up in front. */
static void link_children(struct children *children, const struct sampled *sampled, size_t count) {
    sort(children->order, count, sizeof *children->order, compare, children->totals);
    for (size_t i = 0; i < count; i++) {
        uint32_t node = children->order[i], parent = sampled->nodes[node].parent;
        children->next[node] = children->first[parent];
        children->first[parent] = node;
    }
}

int children_find(struct children *children, const struct sampled *sampled,
                  enum sampled_figure figure) {
    size_t count = 0, nodes = sampled->node_count;
    *children = (struct children){.totals = sampled_totals(sampled, figure),
                                  .first = calloc(nodes, sizeof *children->first),
                                  .next = calloc(nodes, sizeof *children->next),
                                  .order = calloc(nodes, sizeof *children->order)};
    if (children->totals == NULL || children->first == NULL || children->next == NULL ||
        children->order == NULL)
        return -ENOMEM;
    for (uint32_t i = 1; i < nodes; i++)
        if (children->totals[i] > 0)
            children->order[count++] = i;
    link_children(children, sampled, count);
    return 0;
}

void children_finish(struct children *children) {
    free(children->totals);
    free(children->first);
    free(children->next);
    free(children->order);
    *children = (struct children){0};
}
