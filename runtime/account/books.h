/* SPDX-License-Identifier: MIT */
/*
 * books: struct account, that on which the parts of this folder work together. Whoever does not
 * book anything includes account.h.
 */
#ifndef LUAHEAT_ACCOUNT_BOOKS_H
#define LUAHEAT_ACCOUNT_BOOKS_H

#include "bell.h"
#include "block.h"
#include "chunks.h"
#include "ledger.h"
#include "measurements.h"
#include "memory_breakpoints.h"
#include "sampling.h"
#include "threads.h"
#include "vm_pc.h"

#include <lua.h>

/* Who has the account, and is called when the program passes by, because it allocates: if the bell
   (link/bell.h) has rung, or a thread has lost its hook. The allocator looks each time, so that
   must be cheap. */
struct account_owner {
    void *data;                  /* the debugger; NULL: nobody */
    void (*on_pass)(void *data); /* may set hooks, and no more; NULL: nobody listens */
    struct bell *bell;           /* NULL: there is none */
    uint32_t heard;              /* its rings; fewer: see account_owner_tell() */
};

/* A stack that may have been moved by "new block, copy, free the old one" (Lua 5.4.3 and 5.4.4):
   what the next event decides. See allocator.c. */
struct account_move {
    struct block *candidate;  /* the buffer allocated last; NULL unless that was the last event */
    bool candidate_peak;      /* its charge made a new peak */
    struct block *old_thread; /* owner of a stack freed right after; NULL: none */
    uint32_t old_site;        /* who was charged for the freed stack */
};

/* Of so many functions the owner remembers something: of the last of each place. */
enum { ACCOUNT_FUNCTIONS = 1024 };

/* What the debugger does in the program's heap: running.h. All zero: the program itself runs. */
struct account_work {
    lua_State *L;   /* whose heap; NULL: no work is being done */
    bool finalizes; /* it began inside a finalizer, where Lua runs no other one */
};

struct attachment;
struct site_cache;

struct account {
    struct vm_pc_user user; /* the ud of vm_pc_allocator, if that is the state's */
    const struct vm_pc *vm; /* NULL: a count hook has to be there, so that the VM saves its pc */
    struct account *next;   /* of all those of the process: accounts.h */
    struct ledger ledger;
    struct measurements measurements;
    struct memory_breakpoints memory_breakpoints;
    struct sampling sampling;
    struct chunks chunks;
    struct site_cache *sites; /* NULL: none, lines are asked for each time (call_info.h) */
    struct threads threads;
    struct remembered remembered; /* what the chunks, the threads and the functions below are of */
    struct account_owner owner;
    bool building; /* in lua_newstate: no thread can be asked yet */
    struct account_work work;
    void *evaluation;      /* what is evaluated now: the evaluator's; NULL: nothing is */
    uint32_t outside;      /* the site to charge when no Lua function runs */
    const void *frame;     /* while there are memory breakpoints, whose line was found last:
                              lua_Debug.i_ci, an identity only */
    const void *hit_frame; /* whose line hit a memory breakpoint, likewise; NULL: unknown */
    struct block *newborn; /* a thread that has no stack yet */
    struct account_move move;
    uint64_t limit;         /* more bytes than this Lua does not get; 0: as many as there are. To be
                               set before there is a state */
    uint64_t held;          /* with figures off and a limit: what Lua has */
    size_t least_stack;     /* of what is smaller Lua makes no stack: half of a thread's first
                               (LUA_MINSTACK of BASIC_STACK_SIZE, lstate.h); 0: none was seen yet */
    size_t thread_bytes[2]; /* block sizes of the main thread, of a coroutine */
    const void *unproven;   /* with figures off: a thread that has no stack yet */
    block_list freed_elsewhere;
    struct attachment *attachment; /* to a state that was there before; NULL: it has its own */
    const void *functions[ACCOUNT_FUNCTIONS]; /* by address; NULL: none, or it has been freed */
    const void *main_function;                /* which the owner has noted last, likewise */
};

/* The figures that this process writes; NULL: none, or it writes them no more. */
static inline const struct figures *account_figures(const struct account *account) {
    return ledger_open(&account->ledger) ? account->ledger.figures : NULL;
}

/* Must each thread have a count hook, so that the VM saves its pc at each instruction? */
static inline bool account_needs_hook(const struct account *account) {
    return account_figures(account) != NULL && account->vm == NULL;
}

/* Does the debugger do work of its own in the program's heap? */
static inline bool account_works(const struct account *account) {
    return account->work.L != NULL;
}

static inline bool account_owner_is_rung(const struct account_owner *owner) {
    return owner->bell != NULL &&
           atomic_load_explicit(&owner->bell->rings, memory_order_relaxed) != owner->heard;
}

/* The program has loaded a file, of which whoever rings is to be told: as if he had rung. */
static inline void account_owner_tell(struct account_owner *owner) {
    owner->heard--;
}

/* Has the bell rung, or is there something to tell, since it was last asked? */
static inline bool account_owner_hears(struct account_owner *owner) {
    if (!account_owner_is_rung(owner))
        return false;
    owner->heard = atomic_load_explicit(&owner->bell->rings, memory_order_acquire);
    return true;
}

/* Where what the owner remembers of a function (lua_topointer) belongs. */
static inline size_t account_function_place(const void *function) {
    uintptr_t address = (uintptr_t)function;
    return (address >> 5 ^ address >> 13) % ACCOUNT_FUNCTIONS;
}

static inline void account_remember_in(struct account *account, const void **place,
                                       const void *function) {
    if (*place != NULL)
        remembered_remove(&account->remembered, *place);
    remembered_add(&account->remembered, function);
    *place = function;
}

static inline void account_forget_in(struct account *account, const void **place,
                                     const void *block) {
    if (*place != block || block == NULL)
        return;
    remembered_remove(&account->remembered, block);
    *place = NULL;
}

/* The owner remembers the function from now on, in its place, until the account takes it out
   because its block is freed. */
static inline void account_remember_function(struct account *account, const void *function) {
    account_remember_in(account, &account->functions[account_function_place(function)], function);
}

/* Likewise, as the main function that has been noted last. */
static inline void account_remember_main(struct account *account, const void *function) {
    account_remember_in(account, &account->main_function, function);
}

static inline void account_forget_function(struct account *account, const void *block) {
    account_forget_in(account, &account->functions[account_function_place(block)], block);
    account_forget_in(account, &account->main_function, block);
}

#endif
