/* SPDX-License-Identifier: MIT */
/*
 * sampled: the sampled call stacks (link/stacks.h) as a tree to show. Like lines.h a reading is a
 * copy, so that all of it is of one moment, and whatever the program has scribbled over the figures
 * it is a tree, of SAMPLED_DEPTH levels at most. Knows no format.
 */
#ifndef LUAHEAT_ADAPTER_SAMPLED_H
#define LUAHEAT_ADAPTER_SAMPLED_H

#include "figures.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text is valid UTF-8, the reading's. */
struct sampled_function {
    char *name;    /* "spawn", "main chunk", "function <game.lua:12>", "(startup)", ... */
    char *file;    /* absolute path or the chunk's name; "[C]"; "": no function (a pseudo-site) */
    bool has_path; /* `file` is the path of a file */
    uint32_t line; /* where it is defined; 0: unknown, or a main chunk */
};

enum { SAMPLED_DEPTH = STACKS_DEPTH + 2 };

enum sampled_figure {
    SAMPLED_ALLOCATIONS,
    SAMPLED_ALLOCATED, /* bytes */
    SAMPLED_OBJECTS,   /* that live */
    SAMPLED_LIVE,      /* bytes of them */
    SAMPLED_FIGURES
};

/* A call. Estimates, of what it allocated itself: inner calls are not included. */
struct sampled_node {
    uint32_t parent; /* a node before it; of the root: itself */
    uint32_t function;
    uint32_t line; /* that was running; 0: unknown */
    uint32_t samples;
    uint64_t figures[SAMPLED_FIGURES];
};

struct sampled {
    uint64_t mean;    /* bytes between two samples; 0: nothing was sampled */
    uint64_t samples; /* in all */
    size_t function_count, node_count;
    struct sampled_function *functions;
    struct sampled_node *nodes; /* the root first, which is no call; at least it is there */
};

/* 0 or -ENOMEM; end with sampled_finish() either way. */
int sampled_read(struct sampled *sampled, const struct figures *figures);
void sampled_finish(struct sampled *sampled);

/* The figure with all inner calls, of each node. The caller's to free(); NULL if memory is out. */
uint64_t *sampled_totals(const struct sampled *sampled, enum sampled_figure figure);

#endif
