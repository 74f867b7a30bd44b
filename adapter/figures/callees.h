/* SPDX-License-Identifier: MIT */
/*
 * callees: what happened below a line: in the calls that it made, however deep, and not by the line
 * itself. It is read off the stacks (link/stacks.h): of all that was allocated while the line was
 * active what was charged to another. A line that recurses counts once. With what it allocated
 * itself, which is known exactly, that is the line "with callees".
 *
 * Not known is what a line did below which a stack is cut (STACKS_TOO_DEEP) or found no room
 * (STACKS_OVERFLOW).
 *
 * Nodes only gain, and where a line stands in the tree does not change: what happened between two
 * moments is the difference of the two readings.
 */
#ifndef LUAHEAT_ADAPTER_CALLEES_H
#define LUAHEAT_ADAPTER_CALLEES_H

#include "lines.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many nodes of the tree may be read, whatever the figures are. */
size_t callees_nodes(const struct figures *figures);

/* What the call has allocated itself, by its variances that of an estimate. */
static inline struct callees callees_own(const struct stacks_node *node) {
    return (struct callees){node->allocated, node->freed, node->variance, node->freed_variance};
}

/* Of the first `count` sites. The caller's to free(); NULL if memory is out. Whatever the figures
   are, it is done in a time that goes with the number of nodes. */
struct callees *callees_read(const struct figures *figures, size_t count);

/* Anything at all? */
static inline bool callees_exist(const struct callees *callees) {
    return callees->allocated != 0 || callees->freed != 0;
}

struct callees_change callees_between(const struct callees *then, const struct callees *now);

/* The truth lies within the estimate and so many bytes more or fewer in 95 of 100 cases. `mean`:
   that of the stacks. 0 where all of them are known. */
uint64_t callees_error(const struct callees_estimate *estimate, uint64_t mean);

#endif
