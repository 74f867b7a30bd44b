/* SPDX-License-Identifier: MIT */
/*
 * Every block carries a header that names its owner (block.h); what events mean: booking.h.
 *
 * Not all that calls is the program's state: block.h. A block's size is therefore what we know,
 * not what we are told, and a thread is ours only once it has shown it (threads.h).
 */
#include "allocator.h"

#include "attachment.h"
#include "booking.h"
#include "call_info.h"
#include "site_cache.h"

#include <stdlib.h>

struct account_block account_block_of(const struct account *account, const void *block) {
    const struct block *known = account->attachment != NULL
                                    ? block_table_find(&account->attachment->blocks, block)
                                    : (const struct block *)block - 1;
    if (known == NULL)
        return (struct account_block){.site = FIGURES_BEFORE_ATTACH};
    return (struct account_block){known->site, known->stack || known->elsewhere ? 0 : known->size};
}

/* What comes before a block is taken or resized. False: it must not be. */
static bool begin(struct account *account, size_t osize, size_t nsize) {
    booking_look(account);
    booking_follow(account, NULL);
    return account->limit == 0 || !booking_is_too_much(account, osize, nsize);
}

/* ---- whatever there is to be done ---- */

__attribute__((noinline)) static void *create_any(struct account *account, size_t tag,
                                                  size_t size) {
    struct block *block = begin(account, 0, size) ? malloc(sizeof *block + size) : NULL;
    if (block == NULL)
        return NULL;
    enum figures_kind kind = layout_kind(tag);
    *block = (struct block){.size = size, .kind = (uint32_t)kind};
    if (kind == FIGURES_THREAD && !booking_thread_born(account, block_text(block), size)) {
        free(block);
        return NULL;
    }
    if (ledger_open(&account->ledger))
        booking_new(account, block, kind, size);
    return block_text(block);
}

__attribute__((noinline)) static void *destroy_any(struct account *account, void *ptr,
                                                   size_t size) {
    struct block *block = block_of(ptr);
    booking_follow(account, block);
    booking_freed(account, block, ptr, block_size(block, size));
    free(block);
    return NULL;
}

static struct block *reallocate(struct block *old, size_t size) {
    struct block *block = realloc(old, sizeof *block + size);
    if (block != NULL && !block->stack)
        block->size = size;
    return block;
}

__attribute__((noinline)) static void *resize_any(struct account *account, void *ptr, size_t osize,
                                                  size_t nsize) {
    struct block *old = block_of(ptr);
    if (!begin(account, osize, nsize))
        return NULL;
    osize = block_size(old, osize);
    struct booking_resizing before = {0};
    bool booked = ledger_open(&account->ledger);
    if (booked)
        before = booking_before_resize(account, old, osize, nsize);
    struct block *moved = reallocate(old, nsize);
    if (moved != NULL && booked)
        booking_resized(account, moved, &before, osize, nsize);
    else if (moved == NULL && before.sample != NULL)
        sampling_put(&account->sampling, old, before.sample, osize, 0);
    return moved != NULL ? block_text(moved) : NULL;
}

/* ---- what nearly always is: a line that is known takes or gives memory, and no more ---- */

/* What is done with a block stands apart, so that it is not done for those of others. */

static inline bool is_special_to_take(const struct account *account, size_t size) {
    return account->sites == NULL || !ledger_open(&account->ledger) ||
           ((uintptr_t)account->move.candidate | (uintptr_t)account->newborn |
            (uintptr_t)account->work.L | account->limit) != 0 ||
           booking_measures(account) || account->memory_breakpoints.on ||
           account_owner_is_rung(&account->owner) || account->sampling.until <= (int64_t)size;
}

/* Of a thread something is remembered. */
static inline bool is_special_to_free(const struct account *account, const struct block *block) {
    return account->move.candidate != NULL || !ledger_open(&account->ledger) ||
           booking_measures(account) || block->kind == FIGURES_PROTO || block->sampled ||
           block->stack || remembered_maybe(&account->remembered, block + 1);
}

/* Is the site of the line known at once that runs in the chain's last thread? */
static inline bool find_site(struct account *account, const struct thread *thread, uint32_t *site) {
    if (thread->resumer != NULL && !call_info_is_well(thread->L))
        return false;
    const struct call_info *call = call_info_nearest(call_info_innermost(thread->L));
    bool found = call != NULL && site_cache_find(account->sites, call->saved_pc, site);
    assert(!found || *site == account_current_site(account));
    return found;
}

/* For a line that is known. */
static inline void *create_for(struct account *account, uint32_t site, size_t tag, size_t size) {
    enum figures_kind kind = layout_kind(tag);
    struct figures_cell *cell = ledger_cell(&account->ledger, site, kind);
    struct block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    *block = (struct block){.size = size, .site = site, .kind = (uint32_t)kind};
    bool peak = ledger_take(&account->ledger, cell, size);
    ledger_runs(&account->ledger, site);
    account->sampling.until -= (int64_t)size;
    if (size >= account->least_stack && kind == FIGURES_BUFFER)
        booking_note_candidate(account, block, peak);
    return block_text(block);
}

static inline void *create_at_once(struct account *account, const struct thread *thread, size_t tag,
                                   size_t size) {
    uint32_t site;
    if (tag == LUA_TTHREAD || is_special_to_take(account, size) ||
        !find_site(account, thread, &site))
        return create_any(account, tag, size);
    return create_for(account, site, tag, size);
}

/* One that shrinks, or is no line's to grow, is rare. */
static inline void *resize_at_once(struct account *account, const struct thread *thread, void *ptr,
                                   size_t osize, size_t nsize) {
    struct block *block = block_of(ptr);
    uint32_t site;
    if (block->pinned || block->sampled || nsize <= block->size ||
        is_special_to_take(account, nsize) || !find_site(account, thread, &site))
        return resize_any(account, ptr, osize, nsize);
    block = realloc(block, sizeof *block + nsize);
    if (block == NULL)
        return NULL;
    struct figures_cell *owner = booking_cell(account, block);
    size_t before = block->size;
    block->size = nsize;
    block->site = site;
    ledger_charge(&account->ledger, owner, before, booking_cell(account, block), nsize);
    ledger_runs(&account->ledger, site);
    account->sampling.until -= (int64_t)nsize;
    return block_text(block);
}

/* Under a hook it is asked whether that is ours still. */

__attribute__((noinline)) static void *create_hooked(struct account *account, size_t tag,
                                                     size_t size) {
    const struct thread *thread = account->threads.innermost;
    return threads_has_lost_hook(thread) ? create_any(account, tag, size)
                                         : create_at_once(account, thread, tag, size);
}

__attribute__((noinline)) static void *create(struct account *account, size_t tag, size_t size) {
    const struct thread *thread = account->threads.innermost;
    if (thread == NULL)
        return create_any(account, tag, size);
    return thread->hook != NULL ? create_hooked(account, tag, size)
                                : create_at_once(account, thread, tag, size);
}

__attribute__((noinline)) static void *resize_hooked(struct account *account, void *ptr,
                                                     size_t osize, size_t nsize) {
    const struct thread *thread = account->threads.innermost;
    return threads_has_lost_hook(thread) ? resize_any(account, ptr, osize, nsize)
                                         : resize_at_once(account, thread, ptr, osize, nsize);
}

__attribute__((noinline)) static void *resize(struct account *account, void *ptr, size_t osize,
                                              size_t nsize) {
    const struct thread *thread = account->threads.innermost;
    if (thread == NULL)
        return resize_any(account, ptr, osize, nsize);
    return thread->hook != NULL ? resize_hooked(account, ptr, osize, nsize)
                                : resize_at_once(account, thread, ptr, osize, nsize);
}

__attribute__((noinline)) static void *destroy(struct account *account, void *ptr, size_t size) {
    struct block *block = block_of(ptr);
    if (is_special_to_free(account, block))
        return destroy_any(account, ptr, size);
    ledger_free(&account->ledger, booking_cell(account, block), block->size);
    free(block);
    return NULL;
}

/* Code of the program's state that a module has loaded there may have run here. */
__attribute__((noinline)) static void *alloc_elsewhere(struct account *account, void *ptr,
                                                       size_t osize, size_t nsize) {
    if (account->sites != NULL && ptr != NULL && nsize == 0 && block_of(ptr)->kind == FIGURES_PROTO)
        site_cache_forget(account->sites);
    return block_alloc_elsewhere(&account->freed_elsewhere, ptr, osize, nsize);
}

static void *alloc(void *ud, void *ptr, size_t osize, size_t nsize) {
    struct account *account = ud;
    if (process_is_elsewhere() || (ptr != NULL && block_of(ptr)->elsewhere))
        return alloc_elsewhere(account, ptr, osize, nsize);
    if (nsize == 0)
        return ptr != NULL ? destroy(account, ptr, osize) : NULL;
    return ptr == NULL ? create(account, osize, nsize) : resize(account, ptr, osize, nsize);
}

/* The call that runs, where that is plain to see, and it is of a Lua function; else NULL. */
static inline const struct call_info *plain_call(const struct account *account) {
    if (account->building || process_is_elsewhere())
        return NULL;
    const struct thread *thread = account->threads.innermost;
    if (thread == NULL || !call_info_is_well(thread->L))
        return NULL;
    const struct call_info *call = call_info_innermost(thread->L);
    return call_info_executes(call) ? call : NULL;
}

/* Most tables are made where one was made before: that pc is known to be one, of code that lives;
   and most parts of tables are no list's. Then the pc is saved, and the line is known. */
static inline bool find_plain_site(struct account *account, struct vm_pc_call how, uint32_t *site) {
    const struct vm_pc *vm = account->vm;
    const struct call_info *call = plain_call(account);
    if (call == NULL || account->sites == NULL)
        return false;
    bool is_table = how.stack != NULL;
    if (is_table ? how.returns_to != vm->makes : vm_pc_is_before_list(vm, call->saved_pc))
        return false;
    const uint32_t *pc = is_table ? vm_pc_read(vm, how) : call->saved_pc;
    if (!site_cache_find(account->sites, pc, site))
        return false;
    call_info_save_pc(call, pc);
    return true;
}

/* One that grows is no list's. */
static inline bool is_plain_part(const struct account *account) {
    const struct call_info *call = plain_call(account);
    return call != NULL && !vm_pc_is_before_list(account->vm, call->saved_pc);
}

static inline void *create_plain(struct account *account, uint32_t site, size_t tag, size_t size) {
    if (is_special_to_take(account, size))
        return create_any(account, tag, size);
    assert(site == account_current_site(account));
    return create_for(account, site, tag, size);
}

__attribute__((noinline)) static void *create_plain_hooked(struct account *account, uint32_t site,
                                                           size_t tag, size_t size) {
    return threads_lost_hook(&account->threads) ? create_any(account, tag, size)
                                                : create_plain(account, site, tag, size);
}

/* Of a table, or of a part of one in which a list may be stored: what runs may be told by the pc
   that Lua has saved, once it is. */
static void *alloc_saving_pc(void *ud, void *ptr, size_t osize, size_t nsize,
                             struct vm_pc_call how) {
    struct account *account = ud;
    const struct vm_pc *vm = account->vm;
    uint32_t site;
    if (vm == NULL || (how.stack == NULL && !vm_pc_may_store_list(vm, how)))
        return alloc(ud, ptr, osize, nsize);
    if (ptr == NULL && find_plain_site(account, how, &site))
        return threads_is_hooked(&account->threads)
                   ? create_plain_hooked(account, site, osize, nsize)
                   : create_plain(account, site, osize, nsize);
    if ((ptr == NULL || !is_plain_part(account)) && !process_is_elsewhere())
        booking_save_pc(account, how);
    return alloc(ud, ptr, osize, nsize);
}

/* What has been freed elsewhere. */
static void take_back(struct account *account) {
    struct block_freed *freed = atomic_exchange(&account->freed_elsewhere, NULL);
    while (freed != NULL) {
        struct block_freed *next = freed->next;
        alloc(account, block_text(freed->block), freed->size, 0);
        free(freed);
        freed = next;
    }
}

/* ---- with figures off: blocks have no header ---- */

static void *create_unbooked_thread(struct account *account, size_t size) {
    void *block = calloc(1, size);
    if (block == NULL || !booking_thread_born(account, block, size)) {
        free(block);
        return NULL;
    }
    account->unproven = block;
    return block;
}

static void prove_unbooked_thread(struct account *account) {
    account->unproven = NULL;
    booking_thread_built(account);
}

/* Apart, so that most calls are what they are in Lua's own allocator. */

__attribute__((noinline)) static void *free_remembered(struct account *account, void *ptr) {
    if (ptr != NULL && !process_is_elsewhere()) {
        booking_forget(account, ptr);
        if (account->unproven == ptr)
            account->unproven = NULL;
    }
    free(ptr);
    return NULL;
}

__attribute__((noinline)) static void *create_noticed(struct account *account, size_t tag,
                                                      size_t size) {
    if (process_is_elsewhere())
        return malloc(size);
    if (account->unproven != NULL)
        prove_unbooked_thread(account);
    booking_look(account);
    return tag == LUA_TTHREAD ? create_unbooked_thread(account, size) : malloc(size);
}

/* Whoever is to look does at the birth of an object, which is often enough. */
static inline bool is_noticed(const struct account *account, size_t tag) {
    return account->unproven != NULL ||
           (tag != 0 && (tag == LUA_TTHREAD || account_owner_is_rung(&account->owner) ||
                         threads_is_hooked(&account->threads)));
}

/* The default allocator of Lua (lauxlib.c), but for threads and what is remembered of blocks. */
static void *alloc_unbooked(void *ud, void *ptr, size_t osize, size_t nsize) {
    struct account *account = ud;
    if (nsize == 0) {
        if (remembered_maybe(&account->remembered, ptr))
            return free_remembered(account, ptr);
        free(ptr);
        return NULL;
    }
    if (ptr != NULL)
        return realloc(ptr, nsize);
    return is_noticed(account, osize) ? create_noticed(account, osize, nsize) : malloc(nsize);
}

static void *alloc_limited(void *ud, void *ptr, size_t osize, size_t nsize) {
    struct account *account = ud;
    if (process_is_elsewhere())
        return alloc_unbooked(ud, ptr, osize, nsize);
    size_t old = ptr != NULL ? osize : 0;
    if (account->limit > 0 && booking_is_too_much(account, old, nsize))
        return NULL;
    void *block = alloc_unbooked(ud, ptr, osize, nsize);
    if (block != NULL || nsize == 0)
        account->held += nsize - old;
    return block;
}

lua_Alloc account_allocator(const struct account *account) {
    if (account->ledger.figures != NULL)
        return account->vm != NULL ? vm_pc_allocator : alloc;
    return account->limit > 0 ? alloc_limited : alloc_unbooked;
}

bool account_is_allocator(lua_Alloc allocator, const void *ud) {
    return allocator == alloc || allocator == alloc_limited || allocator == alloc_unbooked ||
           vm_pc_leads_to(allocator, ud, alloc_saving_pc);
}

void account_save_pc(struct account *account) {
    account->vm = vm_pc_proven();
    account->user = (struct vm_pc_user){alloc_saving_pc, alloc};
}

void account_follow(struct account *account) {
    take_back(account);
    booking_follow(account, NULL);
}
