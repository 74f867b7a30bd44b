/* SPDX-License-Identifier: MIT */
/*
 * booking: what an event of the allocator means for the books: who owns the block, and what is to
 * be corrected. Where what is known of a block is kept, in front of it (allocator.c) or beside it
 * (attached.c), is theirs; this stands in a header so that both have it in line.
 *
 * Three kinds of blocks have an owner that no line can take over, however they grow; they are
 * "pinned":
 *
 *  - A thread's stack: it belongs to the line that created the thread. Lua allocates it right after
 *    the thread, as the first buffer. While it is reallocated (Lua 5.4.5 and later) the stack's
 *    pointers are offsets, and asking for a line would crash.
 *  - Lua's string table: recognised by its first size, which is asked for inside lua_newstate.
 *
 * Lua 5.4.3 and 5.4.4 move a stack by hand: a new buffer, which looks like any other and is charged
 * to the running line, and then free() of the old stack, with nothing in between. A stack that is
 * freed right after a buffer was allocated is thus either that, or the stack of a dying thread; the
 * next event tells, because a dying thread's own block is freed right after its stack.
 */
#ifndef LUAHEAT_ACCOUNT_BOOKING_H
#define LUAHEAT_ACCOUNT_BOOKING_H

#include "books.h"
#include "layout.h"
#include "process.h"
#include "running.h"
#include "site_cache.h"

static inline struct figures_cell *booking_cell(struct account *account,
                                                const struct block *block) {
    return ledger_cell(&account->ledger, block->site, block->kind);
}

/* ---- booking: in the ledger, and in what is being measured ---- */

static inline bool booking_measures(const struct account *account) {
    return measurements_on(&account->measurements);
}

/* Of a block that is pinned it is not the running line's. */
static inline void booking_check_memory_breakpoints(struct account *account,
                                                    const struct block *block, size_t osize,
                                                    size_t size) {
    bool was_hit = account->memory_breakpoints.is_hit;
    memory_breakpoints_charged(&account->memory_breakpoints, account->ledger.figures, block->site,
                               osize, size);
    if (account->memory_breakpoints.is_hit && !was_hit)
        account->hit_frame = block->pinned ? NULL : account->frame;
}

/* `size` bytes of the block are new, `osize` of another owner (or its own) are given back. Returns
   whether the heap reached a new peak. */
static inline bool booking_charge(struct account *account, struct block *block,
                                  struct figures_cell *owner, size_t osize, size_t size) {
    if (booking_measures(account)) {
        measurements_charge(&account->measurements, block->site, block->kind, size);
        block->birth = account->measurements.epochs.shared->now;
    }
    bool peak = ledger_charge(&account->ledger, owner, osize, booking_cell(account, block), size);
    if (account->memory_breakpoints.on)
        booking_check_memory_breakpoints(account, block, osize, size);
    return peak;
}

static inline void booking_note_release(struct account *account, const struct block *block,
                                        size_t size) {
    if (booking_measures(account))
        measurements_release(&account->measurements, block->site, block->kind, block->birth, size);
}

static inline void booking_release(struct account *account, const struct block *block,
                                   size_t size) {
    booking_note_release(account, block, size);
    ledger_release(&account->ledger, booking_cell(account, block), size);
}

/* ---- some blocks are also booked with the calls that led to them ---- */

/* Of a block that is pinned nobody may be asked. */
static inline uint32_t booking_stack(struct account *account, const struct block *block) {
    if (!block->pinned)
        return account_current_stack(account);
    return block->stack ? account_thread_stack(account, block->site)
                        : account_site_stack(account, STACKS_ROOT, block->site);
}

static inline void booking_sample_new(struct account *account, struct block *block, size_t size) {
    if (!sampling_due(&account->sampling, size))
        return;
    block->sampled = sampling_add(&account->sampling, block, booking_stack(account, block), size);
    sampling_note_heap(&account->sampling, figures_program(account->ledger.figures));
}

static inline void booking_sample_freed(struct account *account, const struct block *block,
                                        size_t size) {
    if (block->sampled)
        sampling_drop(&account->sampling, sampling_take(&account->sampling, block), size);
}

/* What was asked before a block was reallocated: while Lua holds the old address its state is
   whole. */
struct booking_resizing {
    uint32_t site;         /* the owner-to-be of one that grows */
    struct sample *sample; /* that the block was; NULL: none */
    bool due;              /* it grows, and that is looked at */
    uint32_t stack;        /* if so */
};

static inline void booking_sample_resized(struct account *account, struct block *block,
                                          const struct booking_resizing *before, size_t osize,
                                          size_t nsize) {
    struct sampling *sampling = &account->sampling;
    block->sampled = before->sample != NULL;
    if (before->sample != NULL && nsize <= osize) {
        sampling_put(sampling, block, before->sample, osize, osize - nsize);
        return;
    }
    if (before->sample != NULL)
        sampling_drop(sampling, before->sample, osize);
    block->sampled = before->due && sampling_add(sampling, block, before->stack, nsize);
    sampling_note_heap(&account->sampling, figures_program(account->ledger.figures));
}

/* ---- who owns what ---- */

/* The candidate is that thread's stack after all: its bytes go to the owner of the old one. */
static inline void booking_take_as_stack(struct account *account, struct block *block,
                                         size_t size) {
    struct account_move *move = &account->move;
    struct figures_cell *wrong = booking_cell(account, block);
    uint32_t wrong_site = block->site;
    block->site = move->old_site;
    block->pinned = block->stack = true;
    block->thread = move->old_thread;
    if (!ledger_open(&account->ledger))
        return;
    ledger_correct(&account->ledger, wrong, booking_cell(account, block), size,
                   move->candidate_peak);
    if (booking_measures(account))
        measurements_correct(&account->measurements, wrong_site, block->site, block->kind, size);
    if (block->sampled)
        sampling_correct(&account->sampling, block, booking_stack(account, block), size);
}

/* There is a candidate. */
static inline void booking_follow_candidate(struct account *account, const struct block *freed) {
    struct account_move *move = &account->move;
    if (move->old_thread != NULL) {
        if (freed != move->old_thread)
            booking_take_as_stack(account, move->candidate, move->candidate_bytes);
        *move = (struct account_move){0};
    } else if (freed != NULL && freed->stack) {
        move->old_thread = freed->thread;
        move->old_site = freed->site;
    } else {
        move->candidate = NULL;
    }
}

/* What this event says of the one or two before it. `freed`: the block that it frees, else NULL. */
static inline void booking_follow(struct account *account, const struct block *freed) {
    assert(account->move.old_thread == NULL || account->move.candidate != NULL);
    if (account->move.candidate != NULL)
        booking_follow_candidate(account, freed);
}

static inline void booking_thread_gone(struct account *account, const void *block) {
    chunks_release(&account->chunks, threads_died(&account->threads, block));
}

/* The thread that was born last has its stack now. */
static inline void booking_thread_built(struct account *account) {
    struct thread *thread = account->threads.last;
    if (thread == NULL)
        return;
    thread->built = true;
    if (threads_is_others(&account->threads, threads_block(thread->L)))
        booking_thread_gone(account, threads_block(thread->L));
}

/* Who owns a new block, and is it pinned? */
static inline void booking_assign(struct account *account, struct block *block, size_t size) {
    if (block->kind == FIGURES_BUFFER && account->newborn != NULL) {
        booking_thread_built(account);
        block->site = account->newborn->site;
        block->thread = account->newborn;
        block->pinned = block->stack = true;
    } else if (block->kind == FIGURES_BUFFER && account->building && size == STRING_TABLE_BYTES) {
        block->site = FIGURES_STRING_TABLE;
        block->pinned = true;
    } else {
        block->site = account_current_site(account);
    }
    account->newborn = block->kind == FIGURES_THREAD ? block : NULL;
}

/* Threads are made by calls, which save the pc even when no hook is installed. One of another size
   is another state's first. */
static inline bool booking_thread_born(struct account *account, const void *block, size_t size) {
    if (account->building)
        account->thread_bytes[0] = size;
    else if (size != account->thread_bytes[1])
        return true;
    if (threads_born(&account->threads, block) != 0)
        return false;
    struct thread *thread = account->threads.last;
    thread->made_in = account_current_line(account, &thread->made_line);
    if (thread->made_in != NULL)
        chunks_use(thread->made_in);
    return true;
}

/* A new block, of which the size and the kind are known; of a thread, once it was reported. */
static inline void booking_new(struct account *account, struct block *block, size_t size) {
    booking_assign(account, block, size);
    bool peak = booking_charge(account, block, booking_cell(account, block), 0, size);
    booking_sample_new(account, block, size);
    if (block->kind == FIGURES_BUFFER && !block->pinned)
        account->move = (struct account_move){
            .candidate = block, .candidate_bytes = size, .candidate_peak = peak};
}

/* The block at that address is freed. */
static inline void booking_freed(struct account *account, struct block *block, void *text,
                                 size_t size) {
    if (block == account->newborn)
        account->newborn = NULL;
    if (block->kind == FIGURES_STRING)
        chunks_forget(&account->chunks, text);
    else if (block->kind == FIGURES_FUNCTION)
        account_forget_function(account, text);
    else if (block->kind == FIGURES_THREAD)
        booking_thread_gone(account, text);
    else if (block->kind == FIGURES_PROTO && account->sites != NULL)
        site_cache_forget(account->sites);
    if (!ledger_open(&account->ledger))
        return;
    booking_note_release(account, block, size);
    ledger_free(&account->ledger, booking_cell(account, block), size);
    booking_sample_freed(account, block, size);
    if (booking_measures(account) && block->kind != FIGURES_BUFFER)
        epochs_notice_sweep(&account->measurements.epochs, block->birth);
}

static inline struct booking_resizing booking_before_resize(struct account *account,
                                                            const struct block *block, size_t osize,
                                                            size_t nsize) {
    struct booking_resizing before = {.site = block->site};
    if (nsize > osize) {
        if (!block->pinned)
            before.site = account_current_site(account);
        before.due = sampling_due(&account->sampling, nsize);
        before.stack = before.due ? booking_stack(account, block) : STACKS_ROOT;
    }
    if (block->sampled)
        before.sample = sampling_take(&account->sampling, block);
    return before;
}

/* A block that grows is handed over to the running line, unless it is pinned. */
static inline void booking_resized(struct account *account, struct block *block,
                                   const struct booking_resizing *before, size_t osize,
                                   size_t nsize) {
    if (nsize > osize) {
        struct figures_cell *owner = booking_cell(account, block);
        booking_note_release(account, block, osize);
        block->site = before->site;
        booking_charge(account, block, owner, osize, nsize);
    } else {
        booking_release(account, block, osize - nsize);
    }
    if (before->sample != NULL || before->due)
        booking_sample_resized(account, block, before, osize, nsize);
}

/* A block of osize is to become one of nsize. The debugger's own work is never refused. */
static inline bool booking_is_too_much(const struct account *account, size_t osize, size_t nsize) {
    const struct figures *figures = account_figures(account);
    return nsize > osize && !account_works(account) &&
           (figures != NULL ? figures_program(figures) : account->held) + (nsize - osize) >
               account->limit;
}

/* The debugger's own work has hooks of its own. */
static inline void booking_pass(const struct account *account) {
    const struct account_owner *owner = &account->owner;
    if (owner->on_pass != NULL && !account_works(account) && !account_is_elsewhere(account))
        owner->on_pass(owner->data);
}

static inline void booking_look(const struct account *account) {
    if (account_owner_is_rung(&account->owner) || threads_lost_hook(&account->threads))
        booking_pass(account);
}

#endif
