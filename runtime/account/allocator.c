/* SPDX-License-Identifier: MIT */
/*
 * Every block carries a header that names its owner. Three kinds of blocks have an owner that no
 * line can take over, however they grow; they are "pinned":
 *
 *  - A thread's stack: it belongs to the line that created the thread. Lua allocates it right after
 * the thread, as the first buffer. While it is reallocated (Lua 5.4.5 and later) the stack's
 * pointers are offsets, and asking for a line would crash.
 *  - Lua's string table: recognised by its first size, which is asked for inside lua_newstate.
 *
 * Lua 5.4.3 and 5.4.4 move a stack by hand: a new buffer, which looks like any other and is charged
 * to the running line, and then free() of the old stack, with nothing in between. A stack that is
 * freed right after a buffer was allocated is thus either that, or the stack of a dying thread; the
 * next event tells, because a dying thread's own block is freed right after its stack.
 *
 * Not all that calls is the program's state: block.h. A block's size is therefore what we know,
 * not what we are told, and a thread is ours only once it has shown it (threads.h).
 */
#include "allocator.h"

#include "books.h"
#include "process.h"
#include "running.h"

#include <stdlib.h>

/* 128 pointers: MINSTRTABSIZE of every Lua 5.4. */
static const size_t string_table_bytes = 128 * sizeof(void *);

uint32_t account_site_of(const void *block) {
    return ((const struct block *)block - 1)->site;
}

static struct figures_cell *cell_of(struct account *account, const struct block *block) {
    return ledger_cell(&account->ledger, block->site, block->kind);
}

/* lua_Alloc's osize for a new block is the type of the object. Upvalues and prototypes have
   internal tags just above the last public type; anything else is a buffer. */
static enum figures_kind kind_of(size_t tag) {
    switch (tag) {
    case LUA_TSTRING:
        return FIGURES_STRING;
    case LUA_TTABLE:
        return FIGURES_TABLE;
    case LUA_TFUNCTION:
        return FIGURES_FUNCTION;
    case LUA_TUSERDATA:
        return FIGURES_USERDATA;
    case LUA_TTHREAD:
        return FIGURES_THREAD;
    case LUA_NUMTYPES:
        return FIGURES_UPVALUE;
    case LUA_NUMTYPES + 1:
        return FIGURES_PROTO;
    default:
        return FIGURES_BUFFER;
    }
}

/* ---- booking: in the ledger, and in what is being measured ---- */

static bool measures(const struct account *account) {
    return measurements_on(&account->measurements);
}

/* Of a block that is pinned it is not the running line's. */
static void check_memory_breakpoints(struct account *account, const struct block *block,
                                     size_t osize, size_t size) {
    bool was_hit = account->memory_breakpoints.is_hit;
    memory_breakpoints_charged(&account->memory_breakpoints, account->ledger.figures, block->site,
                               osize, size);
    if (account->memory_breakpoints.is_hit && !was_hit)
        account->hit_frame = block->pinned ? NULL : account->frame;
}

/* `size` bytes of the block are new, `osize` of another owner (or its own) are given back. Returns
   whether the heap reached a new peak. */
static bool charge(struct account *account, struct block *block, struct figures_cell *owner,
                   size_t osize, size_t size) {
    if (measures(account)) {
        measurements_charge(&account->measurements, block->site, block->kind, size);
        block->birth = account->measurements.epochs.shared->now;
    }
    bool peak = ledger_charge(&account->ledger, owner, osize, cell_of(account, block), size);
    if (account->memory_breakpoints.on)
        check_memory_breakpoints(account, block, osize, size);
    return peak;
}

static void note_release(struct account *account, const struct block *block, size_t size) {
    if (measures(account))
        measurements_release(&account->measurements, block->site, block->kind, block->birth, size);
}

static void release(struct account *account, const struct block *block, size_t size) {
    note_release(account, block, size);
    ledger_release(&account->ledger, cell_of(account, block), size);
}

/* ---- some blocks are also booked with the calls that led to them ---- */

/* Of a block that is pinned nobody may be asked. */
static uint32_t stack_of(struct account *account, const struct block *block) {
    if (!block->pinned)
        return account_current_stack(account);
    return block->stack ? account_thread_stack(account, block->site)
                        : account_site_stack(account, STACKS_ROOT, block->site);
}

static void sample_new(struct account *account, struct block *block, size_t size) {
    if (!sampling_due(&account->sampling, size))
        return;
    block->sampled = sampling_add(&account->sampling, block, stack_of(account, block), size);
    sampling_note_heap(&account->sampling, figures_program(account->ledger.figures));
}

static void sample_freed(struct account *account, const struct block *block, size_t size) {
    if (block->sampled)
        sampling_drop(&account->sampling, sampling_take(&account->sampling, block), size);
}

/* What was asked before a block was reallocated: while Lua holds the old address its state is
   whole. */
struct resizing {
    uint32_t site;         /* the owner-to-be of one that grows */
    struct sample *sample; /* that the block was; NULL: none */
    bool due;              /* it grows, and that is looked at */
    uint32_t stack;        /* if so */
};

static void sample_resized(struct account *account, struct block *block,
                           const struct resizing *before, size_t osize, size_t nsize) {
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
static void take_as_stack(struct account *account, struct block *block, size_t size) {
    struct account_move *move = &account->move;
    struct figures_cell *wrong = cell_of(account, block);
    uint32_t wrong_site = block->site;
    block->site = move->old_site;
    block->pinned = block->stack = true;
    block->thread = move->old_thread;
    if (!ledger_open(&account->ledger))
        return;
    ledger_correct(&account->ledger, wrong, cell_of(account, block), size, move->candidate_peak);
    if (measures(account))
        measurements_correct(&account->measurements, wrong_site, block->site, block->kind, size);
    if (block->sampled)
        sampling_correct(&account->sampling, block, stack_of(account, block), size);
}

/* There is a candidate. */
static void follow_candidate(struct account *account, const struct block *freed) {
    struct account_move *move = &account->move;
    if (move->old_thread != NULL) {
        if (freed != move->old_thread)
            take_as_stack(account, move->candidate, move->candidate_bytes);
        *move = (struct account_move){0};
    } else if (freed != NULL && freed->stack) {
        move->old_thread = freed->thread;
        move->old_site = freed->site;
    } else {
        move->candidate = NULL;
    }
}

/* What this event says of the one or two before it. `freed`: the block that it frees, else NULL. */
static inline void follow(struct account *account, const struct block *freed) {
    assert(account->move.old_thread == NULL || account->move.candidate != NULL);
    if (account->move.candidate != NULL)
        follow_candidate(account, freed);
}

static void thread_is_gone(struct account *account, const void *block) {
    chunks_release(&account->chunks, threads_died(&account->threads, block));
}

/* It has its stack now. */
static void prove_thread(struct account *account, const void *block) {
    if (threads_is_others(&account->threads, block))
        thread_is_gone(account, block);
}

/* Who owns a new block, and is it pinned? */
static void assign(struct account *account, struct block *block, size_t size) {
    if (block->kind == FIGURES_BUFFER && account->newborn != NULL) {
        prove_thread(account, block_text(account->newborn));
        block->site = account->newborn->site;
        block->thread = account->newborn;
        block->pinned = block->stack = true;
    } else if (block->kind == FIGURES_BUFFER && account->building && size == string_table_bytes) {
        block->site = FIGURES_STRING_TABLE;
        block->pinned = true;
    } else {
        block->site = account_current_site(account);
    }
    account->newborn = block->kind == FIGURES_THREAD ? block : NULL;
}

/* Threads are made by calls, which save the pc even when no hook is installed. One of another size
   is another state's first. */
static bool thread_is_born(struct account *account, const void *block, size_t size) {
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

static void *create(struct account *account, size_t tag, size_t size) {
    struct block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    *block = (struct block){.size = size, .kind = (uint32_t)kind_of(tag)};
    if (block->kind == FIGURES_THREAD && !thread_is_born(account, block_text(block), size)) {
        free(block);
        return NULL;
    }
    if (!ledger_open(&account->ledger))
        return block_text(block);
    assign(account, block, size);
    bool peak = charge(account, block, cell_of(account, block), 0, size);
    sample_new(account, block, size);
    if (block->kind == FIGURES_BUFFER && !block->pinned)
        account->move = (struct account_move){
            .candidate = block, .candidate_bytes = size, .candidate_peak = peak};
    return block_text(block);
}

static void destroy(struct account *account, void *ptr, size_t size) {
    struct block *block = block_of(ptr);
    size = block_size(block, size);
    if (block == account->newborn)
        account->newborn = NULL;
    if (block->kind == FIGURES_STRING)
        chunks_forget(&account->chunks, ptr);
    else if (block->kind == FIGURES_FUNCTION)
        account_forget_function(account, ptr);
    else if (block->kind == FIGURES_THREAD)
        thread_is_gone(account, ptr);
    if (ledger_open(&account->ledger)) {
        note_release(account, block, size);
        ledger_free(&account->ledger, cell_of(account, block), size);
        sample_freed(account, block, size);
        if (measures(account) && block->kind != FIGURES_BUFFER)
            epochs_notice_sweep(&account->measurements.epochs, block->birth);
    }
    free(block);
}

static struct resizing before_resize(struct account *account, const struct block *block,
                                     size_t osize, size_t nsize) {
    struct resizing before = {.site = block->site};
    if (nsize > osize) {
        if (!block->pinned)
            before.site = account_current_site(account);
        before.due = sampling_due(&account->sampling, nsize);
        before.stack = before.due ? stack_of(account, block) : STACKS_ROOT;
    }
    if (block->sampled)
        before.sample = sampling_take(&account->sampling, block);
    return before;
}

/* A block that grows is handed over to the running line, unless it is pinned. */
static void book_resized(struct account *account, struct block *block,
                         const struct resizing *before, size_t osize, size_t nsize) {
    if (nsize > osize) {
        struct figures_cell *owner = cell_of(account, block);
        note_release(account, block, osize);
        block->site = before->site;
        charge(account, block, owner, osize, nsize);
    } else {
        release(account, block, osize - nsize);
    }
    if (before->sample != NULL || before->due)
        sample_resized(account, block, before, osize, nsize);
}

static void *reallocate(struct block *old, size_t size) {
    struct block *block = realloc(old, sizeof *block + size);
    if (block == NULL)
        return NULL;
    if (!block->stack)
        block->size = size;
    return block_text(block);
}

static void *resize(struct account *account, void *ptr, size_t osize, size_t nsize) {
    struct block *old = block_of(ptr);
    osize = block_size(old, osize);
    if (!ledger_open(&account->ledger))
        return reallocate(old, nsize);
    struct resizing before = before_resize(account, old, osize, nsize);
    void *moved = reallocate(old, nsize);
    if (moved != NULL)
        book_resized(account, block_of(moved), &before, osize, nsize);
    else if (before.sample != NULL)
        sampling_put(&account->sampling, old, before.sample, osize, 0);
    return moved;
}

/* A block of osize is to become one of nsize. The debugger's own work is never refused. */
static bool is_too_much(const struct account *account, size_t osize, size_t nsize) {
    const struct figures *figures = account_figures(account);
    return nsize > osize && !account_works(account) &&
           (figures != NULL ? figures_program(figures) : account->held) + (nsize - osize) >
               account->limit;
}

/* The debugger's own work has hooks of its own. */
static void pass(const struct account *account) {
    const struct account_owner *owner = &account->owner;
    if (owner->on_pass != NULL && !account_works(account) && !process_is_elsewhere())
        owner->on_pass(owner->data);
}

static inline void look(const struct account *account) {
    if (account_owner_is_rung(&account->owner) || threads_lost_hook(&account->threads))
        pass(account);
}

static void *alloc(void *ud, void *ptr, size_t osize, size_t nsize) {
    struct account *account = ud;
    if (process_is_elsewhere() || (ptr != NULL && block_of(ptr)->elsewhere))
        return block_alloc_elsewhere(&account->freed_elsewhere, ptr, osize, nsize);
    if (nsize > 0)
        look(account);
    follow(account, ptr != NULL && nsize == 0 ? block_of(ptr) : NULL);
    if (account->limit > 0 && is_too_much(account, ptr != NULL ? osize : 0, nsize))
        return NULL;
    if (ptr == NULL)
        return nsize > 0 ? create(account, osize, nsize) : NULL;
    if (nsize > 0)
        return resize(account, ptr, osize, nsize);
    destroy(account, ptr, osize);
    return NULL;
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

/* With figures off blocks have no header: a thread is known by its address, looked up only if the
   size is a thread's. */
static void forget_unbooked(struct account *account, const void *ptr, size_t size) {
    if (process_is_elsewhere())
        return;
    if (size == account->thread_bytes[0] || size == account->thread_bytes[1])
        thread_is_gone(account, ptr);
    account_forget_function(account, ptr);
    chunks_forget(&account->chunks, ptr);
}

static void *create_unbooked_thread(struct account *account, size_t size) {
    void *block = calloc(1, size);
    if (block == NULL || !thread_is_born(account, block, size)) {
        free(block);
        return NULL;
    }
    account->unproven = block;
    return block;
}

/* The thread that was born last has its stack now. */
static void prove_unbooked_thread(struct account *account) {
    prove_thread(account, account->unproven);
    account->unproven = NULL;
}

/* The default allocator of Lua (lauxlib.c), but for threads and what is remembered of blocks. */
static void *alloc_unbooked(void *ud, void *ptr, size_t osize, size_t nsize) {
    struct account *account = ud;
    if (account->unproven != NULL && !process_is_elsewhere())
        prove_unbooked_thread(account);
    if (nsize > 0)
        look(account);
    if (nsize == 0) {
        if (ptr != NULL && (account->chunks.remembering || osize == account->thread_bytes[0] ||
                            osize == account->thread_bytes[1]))
            forget_unbooked(account, ptr, osize);
        free(ptr);
        return NULL;
    }
    if (ptr == NULL && osize == LUA_TTHREAD && !process_is_elsewhere())
        return create_unbooked_thread(account, nsize);
    return realloc(ptr, nsize);
}

static void *alloc_limited(void *ud, void *ptr, size_t osize, size_t nsize) {
    struct account *account = ud;
    if (process_is_elsewhere())
        return alloc_unbooked(ud, ptr, osize, nsize);
    size_t old = ptr != NULL ? osize : 0;
    if (account->limit > 0 && is_too_much(account, old, nsize))
        return NULL;
    void *block = alloc_unbooked(ud, ptr, osize, nsize);
    if (block != NULL || nsize == 0)
        account->held += nsize - old;
    return block;
}

lua_Alloc account_allocator(const struct account *account) {
    if (account->ledger.figures != NULL)
        return alloc;
    return account->limit > 0 ? alloc_limited : alloc_unbooked;
}

bool account_is_allocator(lua_Alloc allocator) {
    return allocator == alloc || allocator == alloc_limited || allocator == alloc_unbooked;
}

void account_follow(struct account *account) {
    take_back(account);
    follow(account, NULL);
}
