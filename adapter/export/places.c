/* SPDX-License-Identifier: MIT */
#include "places.h"

#include "sort.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right, void *data) {
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
        if (places->count == 0 || compare(&places->nodes[last], &node, nodes) != 0)
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
    sort(places->nodes, count, sizeof *places->nodes, compare, sampled->nodes);
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
