/* SPDX-License-Identifier: MIT */
/*
 * block: what the allocator knows of each block it has given, in front of it.
 *
 * A module can ask for our allocator (lua_getallocf) and use it for a state of its own, on another
 * OS thread than the program's (process.h): elsewhere. What is allocated there is no line's of the
 * program, and is not booked; such a block may end here, and one of ours there. What others take on
 * the program's own OS thread (a block, a state) is the running line's.
 */
#ifndef LUAHEAT_ACCOUNT_BLOCK_H
#define LUAHEAT_ACCOUNT_BLOCK_H

#include "figures.h"

#include <assert.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
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
    uint32_t elsewhere : 1; /* of another OS thread; nothing of it is booked */
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

/* A block of ours that was given back there, or took another place. */
struct block_freed {
    struct block_freed *next;
    struct block *block;
    size_t size; /* as it was told */
};

/* The last first. */
typedef _Atomic(struct block_freed *) block_list;

/* lua_Alloc, there: or here for a block that was allocated there. Blocks of ours go to the list. */
void *block_alloc_elsewhere(block_list *freed, void *ptr, size_t osize, size_t nsize);

#endif
