/* SPDX-License-Identifier: MIT */
/*
 * call_tree: the tree of sampled calls (sampled.h) as formats want it. Some nest: they go from the
 * outermost calls inwards (children). Some have a list of locations or frames: the tree's different
 * (function, line), where it has a node for each way there (places).
 */
#ifndef LUAHEAT_ADAPTER_CALL_TREE_H
#define LUAHEAT_ADAPTER_CALL_TREE_H

#include "sampled.h"

#include <stddef.h>
#include <stdint.h>

/* Without what adds nothing to the figure. */
struct children {
    uint64_t *totals; /* the figure with all inner calls, by node */
    uint32_t *first;  /* by node: its largest child; 0: none */
    uint32_t *next;   /* by node: the next smaller child of its parent; 0: none */
    uint32_t *order;  /* at work */
};

/* 0 or -ENOMEM; end with children_finish() either way. */
int children_find(struct children *children, const struct sampled *sampled,
                  enum sampled_figure figure);
void children_finish(struct children *children);

struct places {
    size_t count;
    uint32_t *nodes;    /* by place: a node that is there */
    uint32_t *of_nodes; /* by node: its place. The root has none. */
};

/* 0 or -ENOMEM; end with places_finish() either way. */
int places_find(struct places *places, const struct sampled *sampled);
void places_finish(struct places *places);

/* "spawn (game.lua:5)", "rep", "(startup)". The caller's to free(); NULL if memory is out. */
char *places_label(const struct sampled *sampled, uint32_t node);

#endif
