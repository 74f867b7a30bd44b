/* SPDX-License-Identifier: MIT */
#include "call_tree.h"

#include "sort.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- children ---- */

static int compare_totals(const void *left, const void *right, void *data) {
    const uint64_t *totals = data;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    if (totals[a] != totals[b])
        return totals[a] < totals[b] ? -1 : 1;
    return (a < b) - (a > b);
}

/* The smallest first, so that the largest ends up in front. */
static void link_children(struct children *children, const struct sampled *sampled, size_t count) {
    sort(children->order, count, sizeof *children->order, compare_totals, children->totals);
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

/* ---- places ---- */

static int compare_places(const void *left, const void *right, void *data) {
    const struct sampled_node *nodes = data;
    const struct sampled_node *a = &nodes[*(const uint32_t *)left];
    const struct sampled_node *b = &nodes[*(const uint32_t *)right];
    if (a->function != b->function)
        return a->function < b->function ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

/* The first `count` of `nodes` are all nodes but the root, in the order of their places; kept are
   the first of each. */
static void number(struct places *places, struct sampled_node *nodes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t node = places->nodes[i];
        size_t last = places->count > 0 ? places->count - 1 : 0;
        if (places->count == 0 || compare_places(&places->nodes[last], &node, nodes) != 0)
            places->nodes[places->count++] = node;
        places->of_nodes[node] = (uint32_t)places->count - 1;
    }
}

int places_find(struct places *places, const struct sampled *sampled) {
    size_t count = sampled->node_count - 1;
    *places = (struct places){.nodes = calloc(count + 1, sizeof *places->nodes),
                              .of_nodes = calloc(count + 1, sizeof *places->of_nodes)};
    if (places->nodes == NULL || places->of_nodes == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++)
        places->nodes[i] = (uint32_t)i + 1;
    sort(places->nodes, count, sizeof *places->nodes, compare_places, sampled->nodes);
    number(places, sampled->nodes, count);
    return 0;
}

void places_finish(struct places *places) {
    free(places->nodes);
    free(places->of_nodes);
    *places = (struct places){0};
}

char *places_label(const struct sampled *sampled, uint32_t node) {
    const struct sampled_function *function = &sampled->functions[sampled->nodes[node].function];
    const char *slash = function->has_path ? strrchr(function->file, '/') : NULL;
    char *label = NULL;
    if (sampled->nodes[node].line == 0)
        return strdup(function->name);
    int size = asprintf(&label, "%s (%s:%" PRIu32 ")", function->name,
                        slash != NULL ? slash + 1 : function->file, sampled->nodes[node].line);
    return size < 0 ? NULL : label;
}
