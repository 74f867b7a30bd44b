/* SPDX-License-Identifier: MIT */
/*
 * calls: the tree of calls (sampled.h) with what each has allocated itself, what of that lives, and
 * how it has grown since a snapshot: the largest of them, and all others as what they add up to.
 *
 * A call is as large as the largest of its shares with all inner calls: of what was allocated, of
 * what lives, of all growth. So none is larger than the one that it is in, and what is left is a
 * tree with the same sums.
 */
#ifndef LUAHEAT_ADAPTER_CALLS_H
#define LUAHEAT_ADAPTER_CALLS_H

#include "sampled.h"
#include "snapshot.h"

#include <stddef.h>
#include <stdint.h>

#define CALLS_OUTERMOST UINT32_MAX

/* In the place of a function: the smaller calls within the parent. */
#define CALLS_OTHER UINT32_MAX

struct calls_node {
    uint32_t parent;   /* one before it, or CALLS_OUTERMOST */
    uint32_t function; /* of the sampled, or CALLS_OTHER */
    uint32_t line;     /* that was running; 0: unknown */
    struct callees_change own;
};

struct calls {
    size_t count;   /* at most two for each that was asked for, and one */
    size_t dropped; /* so many are told as others */
    struct calls_node *nodes;
};

/* The largest `limit`. `sampled` was read of the same figures; `since`: what growth is measured
   from, with its calls, or all zero. 0 or -ENOMEM; end with calls_finish() either way. */
int calls_read(struct calls *calls, const struct sampled *sampled, const struct figures *figures,
               const struct snapshot *since, size_t limit);
void calls_finish(struct calls *calls);

#endif
