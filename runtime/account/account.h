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
 * Each state has an account, and each account an owner (control/debugger.h), so that there can be
 * several, one on each OS thread. What a process has but once is all that stands in the way:
 *  - account_last below: which account is meant behind an allocator that is not ours;
 *  - which OS thread is the program's, and its forks (process.h);
 *  - whom signals are meant for (control/attention.h).
 *
 * Not for hooks: but where the pc cannot be had otherwise (vm_pc.h), as account_needs_hook() tells,
 * a count hook must be installed on every thread, because only then does the VM save its pc at each
 * instruction, and lua_getinfo tells the line truly.
 */
#ifndef LUAHEAT_ACCOUNT_ACCOUNT_H
#define LUAHEAT_ACCOUNT_ACCOUNT_H

#include "allocator.h"
#include "books.h"
#include "process.h"
#include "running.h"

/* The one that has made a state last, and how that allocates: the program's. */
extern struct account_last {
    struct account *account;
    lua_Alloc allocator;
} account_last;

/* Figures on, or off with NULL. 0 or -ENOMEM. */
int account_init(struct account *account, struct figures *figures);
void account_finish(struct account *account);

/* lua_newstate with this account as allocator; the main thread is then known. NULL if memory is
 * out. */
lua_State *account_new_state(struct account *account);

/* The account is initialised, and has no state. L runs now: in a C function of its, or in a hook.
   Before anything is measured. 0; -EBUSY: the state has an account; -EAGAIN: it is in a finalizer,
   where Lua does not tell its count; -ENOMEM. Nothing has changed then. */
int account_attach(struct account *account, lua_State *L);

/* Of an attached state: the value, an object, was there before or is known already. A thread and
   its stack become known. Needs 3 free slots of L. 0 or -ENOMEM. */
int account_found(struct account *account, lua_State *L, int index);

/* The host's allocator is there again, if nobody has put another in the place of ours; the figures
   stay as they are. Hooks are not the account's. Does nothing if the state is closed already
   (lua_close alone does that, too). Then account_finish(). */
void account_detach(struct account *account, lua_State *L);

static inline bool account_is_attached(const struct account *account) {
    return account->attachment != NULL;
}

/* Of a state with that allocator, which is not that of account_last. */
struct account *account_behind(lua_State *L, lua_Alloc allocator, void *ud);

/* Is that the state's of account_last? Others may have the same function. */
static inline bool account_is_last(lua_Alloc allocator, const void *ud) {
    return allocator == account_last.allocator && ud == account_last.account;
}

/* The account of the state, or of whoever has lent it its allocator. */
static inline struct account *account_of(lua_State *L) {
    void *ud;
    lua_Alloc allocator = lua_getallocf(L, &ud);
    return account_is_last(allocator, ud) ? account_last.account : account_behind(L, allocator, ud);
}

/* The account whose state L belongs to; NULL: it has none, or it is not on this OS thread. Who asks
   from one that an attached state has been taken to, takes the account along. */
struct account *account_look_for(lua_State *L);

/* The same, if that is plain to see: L is the innermost of the program's. NULL: it is not. */
static inline struct account *account_running_at_once(const lua_State *L) {
    struct account *account = account_last.account;
    bool innermost =
        account != NULL && !process_is_elsewhere() && threads_is_innermost(&account->threads, L);
    return innermost ? account : NULL;
}

static inline struct account *account_running(lua_State *L) {
    struct account *account = account_running_at_once(L);
    return account != NULL ? account : account_look_for(L);
}

/* Figures of this moment: settles what the last event left open and notes the collector's own
   count. To be called at a stop. */
void account_settle(struct account *account, lua_State *L);

/* The same, and what is alive now can be told from what is born later. */
void account_snapshot(struct account *account, lua_State *L);

/* The program goes on, whether it has stopped or not: the collector's count is of the past. */
void account_forget_collector_count(struct account *account);

/* The program goes on from a stop: what it allocates from here on can be told apart. */
void account_go_on(struct account *account);

/* The script is over: as account_settle, and nothing is charged from here on. Called again it does
   nothing. */
void account_freeze(struct account *account, lua_State *L);

/* This is a child of the program (process.h): nothing is measured, and no limit holds. A host's
   goes on with the host's allocator. */
void account_forked(struct account *account);

#endif
