/* SPDX-License-Identifier: MIT */
/*
 * booking: what an event of the allocator means for the books: who owns the block, and what is to
 * be corrected. Where what is known of a block is kept, in front of it (allocator.c) or beside it
 * (attached.c), is theirs. What nearly every event needs stands in this header, so that both have
 * it in line; the rest in booking.c, so that it does not stand in their way.
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

static inline struct figures_cell *booking_cell(struct account *account,
                                                const struct block *block) {
    return ledger_cell(&account->ledger, block->site, block->kind);
}

/* ---- booking: in the ledger, and in what is being measured ---- */

static inline bool booking_measures(const struct account *account) {
    return measurements_on(&account->measurements);
}

/* While it measures. */
void booking_measure_charge(struct account *account, struct block *block, size_t size);
void booking_measure_release(struct account *account, const struct block *block, size_t size);

/* While they are on. */
void booking_check_memory_breakpoints(struct account *account, const struct block *block,
                                      size_t osize, size_t size);

/* `size` bytes of the block are new, `osize` of another owner (or its own) are given back. Returns
   whether the heap reached a new peak. */
static inline bool booking_charge(struct account *account, struct block *block,
                                  struct figures_cell *owner, size_t osize, size_t size) {
    if (booking_measures(account))
        booking_measure_charge(account, block, size);
    bool peak = ledger_charge(&account->ledger, owner, osize, booking_cell(account, block), size);
    if (account->memory_breakpoints.on)
        booking_check_memory_breakpoints(account, block, osize, size);
    return peak;
}

static inline void booking_release(struct account *account, const struct block *block,
                                   size_t size) {
    if (booking_measures(account))
        booking_measure_release(account, block, size);
    ledger_release(&account->ledger, booking_cell(account, block), size);
}

/* ---- some blocks are also booked with the calls that led to them ---- */

/* What was asked before a block was reallocated: while Lua holds the old address its state is
   whole. */
struct booking_resizing {
    uint32_t site;         /* the owner-to-be of one that grows */
    struct sample *sample; /* that the block was; NULL: none */
    bool due;              /* it grows, and that is looked at */
    uint32_t stack;        /* if so */
};

uint32_t booking_stack(struct account *account, const struct block *block);

/* Of a new block that is looked at; of one that was, and is freed; of one of the two that has
   another size. */
void booking_sample_new(struct account *account, struct block *block, size_t size);
void booking_sample_freed(struct account *account, const struct block *block, size_t size);
void booking_sample_resized(struct account *account, struct block *block,
                            const struct booking_resizing *before, size_t osize, size_t nsize);

/* ---- threads ---- */

/* Threads are made by calls, which save the pc even when no hook is installed. One of another size
   is another state's first. False: memory is out. */
bool booking_thread_born(struct account *account, const void *block, size_t size);

/* The thread that was born last has its stack now. */
void booking_thread_built(struct account *account);

/* ---- who owns what ---- */

/* There is a candidate. */
void booking_follow_candidate(struct account *account, const struct block *freed);

/* What this event says of the one or two before it. `freed`: the block that it frees, else NULL. */
static inline void booking_follow(struct account *account, const struct block *freed) {
    assert(account->move.old_thread == NULL || account->move.candidate != NULL);
    if (account->move.candidate != NULL)
        booking_follow_candidate(account, freed);
}

/* While a thread has no stack yet, or the state is being made. */
void booking_assign_first(struct account *account, struct block *block, size_t size);

/* Who owns a new block, and is it pinned? */
static inline void booking_assign(struct account *account, struct block *block,
                                  enum figures_kind kind, size_t size) {
    if (account->newborn != NULL || account->building) {
        booking_assign_first(account, block, size);
        return;
    }
    block->site = account_current_site(account);
    if (kind == FIGURES_THREAD)
        account->newborn = block;
}

/* A buffer that may be a stack is new, and made a new peak or not. */
static inline void booking_note_candidate(struct account *account, struct block *block, bool peak) {
    account->move.candidate = block;
    account->move.candidate_peak = peak;
}

/* A new block of that kind, of which the size and the kind are known; of a thread, once it was
   reported. */
static inline void booking_new(struct account *account, struct block *block, enum figures_kind kind,
                               size_t size) {
    booking_assign(account, block, kind, size);
    bool peak = booking_charge(account, block, booking_cell(account, block), 0, size);
    if (sampling_due(&account->sampling, size))
        booking_sample_new(account, block, size);
    if (kind == FIGURES_BUFFER && !block->pinned && size >= account->least_stack)
        booking_note_candidate(account, block, peak);
}

/* The block at that address is freed, of which something may be remembered. */
void booking_forget(struct account *account, const void *text);

/* A function's code is freed. */
void booking_forget_code(struct account *account);

/* The block at that address is freed. */
static inline void booking_freed(struct account *account, struct block *block, const void *text,
                                 size_t size) {
    enum figures_kind kind = block->kind;
    if (remembered_maybe(&account->remembered, text))
        booking_forget(account, text);
    if (kind == FIGURES_PROTO)
        booking_forget_code(account);
    if (block == account->newborn)
        account->newborn = NULL;
    if (!ledger_open(&account->ledger))
        return;
    if (booking_measures(account))
        booking_measure_release(account, block, size);
    ledger_free(&account->ledger, booking_cell(account, block), size);
    if (block->sampled)
        booking_sample_freed(account, block, size);
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
        if (booking_measures(account))
            booking_measure_release(account, block, osize);
        block->site = before->site;
        booking_charge(account, block, owner, osize, nsize);
    } else {
        booking_release(account, block, osize - nsize);
    }
    if (before->sample != NULL || before->due)
        booking_sample_resized(account, block, before, osize, nsize);
}

/* ---- what comes before an event ---- */

/* A block of osize is to become one of nsize: is that above the limit that is set? The debugger's
   own work is never refused. */
bool booking_is_too_much(const struct account *account, size_t osize, size_t nsize);

/* An event of a state whose pc can be had, at home: what runs may be told by the pc that Lua has
   saved, once it is. */
void booking_save_pc(struct account *account, struct vm_pc_call how);

/* There is something for the owner to look at. */
void booking_pass(const struct account *account);

static inline void booking_look(const struct account *account) {
    if (account_owner_is_rung(&account->owner) || threads_lost_hook(&account->threads))
        booking_pass(account);
}

#endif
