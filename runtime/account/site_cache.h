/* SPDX-License-Identifier: MIT */
/*
 * site_cache: which site an instruction is, by the pc that is saved when it allocates
 * (call_info.h).
 *
 * The address of code can come back for other code: when a prototype's block is freed, whose code
 * went just before, all is forgotten. So an entry is of code that lives.
 */
#ifndef LUAHEAT_ACCOUNT_SITE_CACHE_H
#define LUAHEAT_ACCOUNT_SITE_CACHE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SITE_CACHE_ROOM = 1024 };

struct site_cache_entry {
    const void *pc;
    uint64_t frees; /* as they were when it was made */
    uint32_t site;
};

/* All zero is an empty one. */
struct site_cache {
    _Atomic uint64_t frees; /* of prototypes so far, on whatever OS thread */
    struct site_cache_entry entries[SITE_CACHE_ROOM];
};

/* Code is freed. */
static inline void site_cache_forget(struct site_cache *cache) {
    atomic_fetch_add_explicit(&cache->frees, 1, memory_order_relaxed);
}

/* The only place where it can be. Instructions are 4 bytes. */
static inline size_t site_cache_place(const void *pc) {
    return ((uintptr_t)pc >> 2 ^ (uintptr_t)pc >> 12) % SITE_CACHE_ROOM;
}

/* False: it is not known. */
static inline bool site_cache_find(const struct site_cache *cache, const void *pc, uint32_t *site) {
    const struct site_cache_entry *entry = &cache->entries[site_cache_place(pc)];
    *site = entry->site;
    return entry->pc == pc &&
           entry->frees == atomic_load_explicit(&cache->frees, memory_order_relaxed);
}

static inline void site_cache_put(struct site_cache *cache, const void *pc, uint32_t site) {
    uint64_t frees = atomic_load_explicit(&cache->frees, memory_order_relaxed);
    cache->entries[site_cache_place(pc)] = (struct site_cache_entry){pc, frees, site};
}

#endif
