/* SPDX-License-Identifier: MIT */
/*
 * block: what the allocator knows of each block it has given, in front of it.
 */
#ifndef LUAHEAT_ACCOUNT_BLOCK_H
#define LUAHEAT_ACCOUNT_BLOCK_H

#include "figures.h"

#include <assert.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

struct block {
    alignas(max_align_t) union {
        struct block *thread; /* of a thread's stack: that thread */
        size_t size;          /* of any other */
    };
    uint32_t site : 24;
    uint32_t kind : 4; /* enum figures_kind */
    uint32_t sampled : 1;
    uint32_t pinned : 1;
    uint32_t stack : 1;
    uint32_t elsewhere : 1; /* see elsewhere.h; nothing of it is booked */
    uint32_t birth;         /* the epoch in which it was allocated or last grew */
};

static_assert(FIGURES_MAX_SITES <= 1u << 24, "a block has room for any site");
static_assert(FIGURES_KINDS <= 1u << 4, "a block has room for any kind");

static inline void *block_text(struct block *block) {
    return block + 1;
}

static inline struct block *block_of(void *ptr) {
    return (struct block *)ptr - 1;
}

/* `told`: by who gives it back. Lua tells the truth; whoever else has taken a block need not, as
   Lua's own allocator does not look. */
static inline size_t block_size(const struct block *block, size_t told) {
    return block->stack ? told : block->size;
}

#endif
