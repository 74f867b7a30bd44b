/* SPDX-License-Identifier: MIT */
/*
 * places: the different (function, line) of a tree of calls: what formats call locations or frames,
 * and tell apart where a tree has a node for each way there.
 */
#ifndef LUAHEAT_ADAPTER_PLACES_H
#define LUAHEAT_ADAPTER_PLACES_H

#include "sampled.h"

#include <stddef.h>
#include <stdint.h>

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
