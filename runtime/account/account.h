/* SPDX-License-Identifier: MIT */
/*
 * account: who allocates what. Lua's allocator (lua_Alloc) that books every block on the source
 * line that is running, and the three things it needs for that: the ledger, the chunks and the
 * threads. Some of them are also booked with the calls that led there (sampling).
 *
 * The account is the allocator's `ud`, so that it can be found from any lua_State. A module may put
 * an allocator of its own in front of ours. With figures off blocks are plain ones and only threads
 * and chunk names are watched.
 *
 * Not for hooks: but with figures on, a count hook must be installed on every thread, because only
 * then does the VM save its pc at each instruction, and lua_getinfo tells the line truly.
 */
#ifndef LUAHEAT_ACCOUNT_ACCOUNT_H
#define LUAHEAT_ACCOUNT_ACCOUNT_H

#include "chunks.h"
#include "elsewhere.h"
#include "figures.h"
#include "heap_history.h"
#include "ledger.h"
#include "listener.h"
#include "measurements.h"
#include "memory_breakpoints.h"
#include "sampling.h"
#include "threads.h"
#include "work.h"

#include <lua.h>

struct block;

/* A stack that may have been moved by "new block, copy, free the old one" (Lua 5.4.3 and 5.4.4):
   what the next event decides. See allocator.c. */
struct account_move {
    struct block *candidate; /* the buffer allocated last; NULL unless that was the last event */
    size_t candidate_bytes;
    bool candidate_peak;      /* its charge made a new peak */
    struct block *old_thread; /* owner of a stack freed right after; NULL: none */
    uint32_t old_site;        /* who was charged for the freed stack */
};

/* Of so many functions the owner remembers something: of the last of each place. */
enum { ACCOUNT_FUNCTIONS = 256 };

struct account {
    struct ledger ledger;
    struct measurements measurements;
    struct memory_breakpoints memory_breakpoints;
    struct sampling sampling;
    struct heap_history history;
    struct chunks chunks;
    struct threads threads;
    struct listener listener; /* on_pass may set hooks, and no more */
    bool building;            /* in lua_newstate: no thread can be asked yet */
    struct account_work work; /* the debugger's own, if it is at work: work.h */
    uint32_t outside;         /* the site to charge when no Lua function runs */
    const void *frame;        /* whose line was found last: lua_Debug.i_ci, an identity only */
    const void *hit_frame;    /* whose line hit a memory breakpoint, likewise; NULL: unknown */
    struct block *newborn;    /* a thread that has no stack yet */
    struct account_move move;
    uint64_t limit;         /* more bytes than this Lua does not get; 0: as many as there are. To be
                               set before there is a state */
    uint64_t held;          /* with figures off and a limit: what Lua has */
    size_t thread_bytes[2]; /* block sizes of the main thread, of a coroutine */
    const void *unproven;   /* with figures off: a thread that has no stack yet */
    elsewhere_list freed_elsewhere;
    const void *functions[ACCOUNT_FUNCTIONS]; /* by address; NULL: none, or it has been freed */
    void *owner; /* who has this account, for whoever finds it by a state; not used here */
};

/* The account whose state L belongs to; NULL: it is another state, or not the program's OS thread.
 */
struct account *account_running(lua_State *L);

/* Does the debugger do work of its own in the program's heap? */
static inline bool account_works(const struct account *account) {
    return account->work.L != NULL;
}

/* The one that has made a state last, and how that allocates: the program's. */
extern struct account_last {
    struct account *account;
    lua_Alloc allocator;
} account_last;

/* Is it one of account_allocator's, so that its ud is an account? */
bool account_is_allocator(lua_Alloc allocator);

/* Figures on, or off with NULL. 0 or -ENOMEM. */
int account_init(struct account *account, struct figures *figures);
void account_finish(struct account *account);

/* lua_newstate with this account as allocator; the main thread is then known. NULL if memory is
 * out. */
lua_State *account_new_state(struct account *account);

/* Of a state with that allocator, which is not that of account_last. */
struct account *account_behind(lua_Alloc allocator, void *ud);

/* The account of a state made by account_new_state. */
static inline struct account *account_of(lua_State *L) {
    void *ud;
    lua_Alloc allocator = lua_getallocf(L, &ud);
    return allocator == account_last.allocator ? ud : account_behind(allocator, ud);
}

/* Figures of this moment: settles what the last event left open and notes the collector's own
   count. To be called at a stop. */
void account_settle(struct account *account, lua_State *L);

/* The same, and what is alive now can be told from what is born later. */
void account_snapshot(struct account *account, lua_State *L);

/* Where what the owner remembers of a function (lua_topointer) belongs. */
static inline size_t account_function_place(const void *function) {
    uintptr_t address = (uintptr_t)function;
    return (address >> 5 ^ address >> 13) % ACCOUNT_FUNCTIONS;
}

/* The owner remembers the function from now on, in its place, until the account takes it out
   because its block is freed. */
static inline void account_remember_function(struct account *account, const void *function) {
    account->functions[account_function_place(function)] = function;
    account->chunks.remembering = true;
}

static inline void account_forget_function(struct account *account, const void *block) {
    const void **known = &account->functions[account_function_place(block)];
    if (*known == block)
        *known = NULL;
}

/* The program goes on, whether it has stopped or not: the collector's count is of the past. */
void account_unsettle(struct account *account);

/* The program goes on from a stop: what it allocates from here on can be told apart. */
void account_go_on(struct account *account);

/* The script is over: as account_settle, and nothing is charged from here on. Called again it does
   nothing. */
void account_freeze(struct account *account, lua_State *L);

/* The figures that this process writes; NULL: none, or it writes them no more. */
static inline const struct figures *account_figures(const struct account *account) {
    return ledger_open(&account->ledger) ? account->ledger.figures : NULL;
}

/* This is a child of the program (process.h): nothing is measured, and no limit holds. */
void account_forked(struct account *account);

/* The site that owns a block which the allocator has given and that still lives. With figures only.
 */
uint32_t account_site_of(const void *block);

/* The lua_Alloc to use, with the account as ud. */
lua_Alloc account_allocator(const struct account *account);

/* Decides what the allocator's last event left open (a stack that may have moved, see allocator.c).
 */
void account_follow(struct account *account);

/* The site of the innermost Lua line that runs now (current_line.c). */
uint32_t account_current_site(struct account *account);

/* The source of the frame's chunk, of which "S" was asked, in the figures. */
uint32_t account_source(struct account *account, const lua_Debug *frame);

/* The calls that are active now, as a node of the call tree (current_stack.c). Not while a thread's
   stack is reallocated, of which no frame may be asked. */
uint32_t account_current_stack(struct account *account);

/* A node for what no call is blamed for: the site, or the owner of a thread's stack. */
uint32_t account_site_stack(struct account *account, uint32_t parent, uint32_t site);
uint32_t account_thread_stack(struct account *account, uint32_t site);

/* That line (not above 0 if it is unknown) and its chunk; NULL: no Lua function runs. */
struct chunk *account_current_line(struct account *account, int *line);

#endif
