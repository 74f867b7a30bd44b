/* SPDX-License-Identifier: MIT */
/*
 * sampling: which allocations are looked at, so that their stacks are known at little cost, and
 * what they stand for.
 *
 * Sample points lie on the stream of allocated bytes, independently of everything, `mean` bytes
 * apart on average (a Poisson process). An allocation of s bytes is looked at if a point falls into
 * it: with probability p = 1 - exp(-s / mean), independently of all others. It then stands for 1/p
 * allocations of its size, so that every sum of estimates is on average what it estimates, with a
 * variance of sum(s^2 (1-p)/p) over the allocations it is of.
 *
 * With a mean of STACKS_ALL that is not so: every allocation is looked at and stands for itself.
 *
 * A sampled block is known until it is freed.
 *
 * At each sample the heap is noted, too: the timeline of link/timeline.h.
 */
#ifndef LUAHEAT_ACCOUNT_SAMPLING_H
#define LUAHEAT_ACCOUNT_SAMPLING_H

#include "call_tree.h"
#include "pointer_map.h"
#include "timeline.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SAMPLING_MEAN (64u << 10)
#define SAMPLING_MAX_MEAN (1u << 30)

/* What is known of a sampled block. */
struct sample {
    uint32_t node;
    uint64_t weight; /* blocks it stands for, in STACKS_PARTS */
};

/* All zero is off. */
struct sampling {
    struct call_tree tree;
    int64_t until; /* bytes to allocate before a sample is due */
    double mean;
    uint64_t random;                   /* the generator's state */
    struct pointer_map blocks;         /* sampled, alive -> struct sample */
    struct timeline_figures *timeline; /* NULL: off */
    uint64_t start;                    /* of it: microseconds of the monotonic clock */
    uint32_t stretch_samples;          /* in its last stretch */
};

/* Figures zeroed, or NULL: off. Time starts now. 0 or -ENOMEM; end with sampling_finish() either
   way. */
int sampling_init(struct sampling *sampling, struct stacks_figures *figures,
                  struct timeline_figures *timeline);
void sampling_finish(struct sampling *sampling);

/* Before the first allocation: another mean (bytes, at most SAMPLING_MAX_MEAN; 0: off; STACKS_ALL)
   and the generator's seed. Does nothing while off. */
void sampling_tune(struct sampling *sampling, uint32_t mean, uint64_t seed);

/* The same by a text, as link.h has it. False: it is something else. */
bool sampling_tune_by(struct sampling *sampling, const char *text);

/* `size` bytes are allocated: are they looked at? To be asked once for each allocation, and if so
   answered with sampling_add() or not at all. */
bool sampling_is_due(struct sampling *sampling);
static inline bool sampling_due(struct sampling *sampling, size_t size) {
    sampling->until -= (int64_t)size;
    return sampling->until <= 0 && sampling_is_due(sampling);
}

/* They are this block, allocated by the calls of this node. False if memory is out: then it is as
   if it had not been looked at. */
bool sampling_add(struct sampling *sampling, const void *block, uint32_t node, size_t size);

/* The sampled block, of `size` bytes since it was added, was not allocated by those calls but by
   these. */
void sampling_correct(struct sampling *sampling, const void *block, uint32_t node, size_t size);

/* Before a sampled block of `size` bytes moves or is freed. */
struct sample *sampling_take(struct sampling *sampling, const void *block);

/* What was taken lives on at this place, now `freed` of its `size` bytes smaller. */
void sampling_put(struct sampling *sampling, const void *block, struct sample *sample, size_t size,
                  size_t freed);

/* What was taken is gone. */
void sampling_drop(struct sampling *sampling, struct sample *sample, size_t size);

/* So many bytes live now. */
void sampling_note_heap(struct sampling *sampling, uint64_t live);

/* So many lived then; not before what was added before. With a timeline. */
void sampling_add_heap(struct sampling *sampling, uint64_t microseconds, uint64_t live);

#endif
