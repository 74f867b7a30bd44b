/* SPDX-License-Identifier: MIT */
/*
 * children: a tree of calls from the outermost inwards, for formats that nest, without what adds
 * nothing to a figure.
 */
#ifndef LUAHEAT_ADAPTER_CHILDREN_H
#define LUAHEAT_ADAPTER_CHILDREN_H

#include "sampled.h"

#include <stdint.h>

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

#endif
