/* SPDX-License-Identifier: MIT */
/*
 * stacks: which calls led to the allocations, and to what of them is still there; part of the
 * shared figures (figures.h), under their rules, but estimates: a sample of the allocations is
 * looked at, each counted as often as it stands for others (runtime/account/sampling.h). What was
 * estimated of a block is taken back exactly when it is freed.
 *
 * The stacks are a tree of calls from the outermost inwards. A coroutine's calls follow those of
 * whoever resumed it.
 */
#ifndef LUAHEAT_LINK_STACKS_H
#define LUAHEAT_LINK_STACKS_H

#include <stdatomic.h>
#include <stdint.h>

/* Room. Stacks beyond it are counted in node STACKS_OVERFLOW, functions beyond it are one, so that
   sums stay right. Of a deeper stack the innermost STACKS_DEPTH calls are told apart. */
#define STACKS_NODES (1u << 17)
#define STACKS_FUNCTIONS (1u << 15)
#define STACKS_TEXT (1u << 21)
#define STACKS_DEPTH 64u

/* Blocks are counted in such parts of one, and variances in such parts of mean * mean. */
#define STACKS_PARTS 65536u

/* The mean at which every allocation is looked at: nothing is an estimate then. */
#define STACKS_ALL 1u

/* Nodes that are there in every program. */
enum { STACKS_ROOT, STACKS_OVERFLOW, STACKS_FIRST_NODE };

/* Functions that are there in every program. Their source is STACKS_NO_SOURCE. */
enum stacks_pseudo {
    STACKS_TOO_MANY, /* what found no room */
    STACKS_TOO_DEEP, /* the calls outside the innermost STACKS_DEPTH */
    STACKS_THREAD,   /* not a call: a thread's stack grew, and its owner's line stands inside */
    STACKS_PSEUDO_FUNCTIONS
};

#define STACKS_NO_SOURCE UINT32_MAX

/* In the place of a site: the call is of no Lua function. */
#define STACKS_NO_SITE UINT32_MAX

/* In the place of the line of a function's definition: some function of that source. */
#define STACKS_SOME_FUNCTION UINT32_MAX

struct stacks_function {
    uint32_t source; /* index into sources; a C function's: STACKS_NO_SOURCE. That of a pseudo-site
                        stands for the site: (startup), (C), ... */
    uint32_t line;   /* where it is defined; 0: a chunk's main function */
    _Atomic uint32_t name; /* what a caller called it, as offset into text; 0: nobody has yet */
};

/* A call that was active. Bytes, but blocks and variances (STACKS_PARTS). Inner calls are not
   included. */
struct stacks_node {
    uint32_t parent; /* a node before it */
    uint32_t function;
    uint32_t line;    /* that was running; 0: unknown, or in C */
    uint32_t site;    /* that line's figures (figures.h); STACKS_NO_SITE: it is in C */
    uint32_t samples; /* allocations that were looked at */
    uint64_t blocks, allocated;
    uint64_t freed_blocks, freed;
    uint64_t variance, freed_variance; /* of allocated; what of it is of blocks that are freed */
};

struct stacks_figures {
    uint64_t mean; /* bytes between two samples; 0: nothing is sampled; STACKS_ALL: everything */
    _Atomic uint32_t function_count;
    _Atomic uint32_t node_count;
    uint32_t text_bytes;
    struct stacks_function functions[STACKS_FUNCTIONS];
    struct stacks_node nodes[STACKS_NODES];
    char text[STACKS_TEXT]; /* names, NUL-terminated, any byte; at offset 0 the empty string */
};

#endif
