/* SPDX-License-Identifier: MIT */
/*
 * threads: every coroutine that exists, and the chain of those that are running: the main thread,
 * the coroutine it resumed, the one that resumed, and so on. The allocator reports births and
 * deaths; who stands in front of Lua's coroutine functions (control/library_coroutine.c) reports
 * who resumes whom.
 */
#ifndef LUAHEAT_ACCOUNT_THREADS_H
#define LUAHEAT_ACCOUNT_THREADS_H

#include "pointer_map.h"

#include <assert.h>
#include <lua.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chunk;

struct thread {
    lua_State *L;
    struct chunk *made_in; /* where it was made; NULL: by no Lua code */
    int made_line;
    struct thread *previous, *next; /* threads.first: by age, oldest (the main thread) first */
    struct thread *resumer; /* the one before it in the chain; NULL: it is the main thread, or not
                               in the chain */
    int id;                 /* DAP's threadId; 0: nobody has asked yet. The main thread's is 1. */
    bool built;    /* it has its stack, so that it can be asked: a signal handler may look */
    bool closing;  /* coroutine.close runs its __close handlers: under Lua 5.4.0 to 5.4.2 its status
                      does not tell that it runs */
    bool hidden;   /* made by the debugger for its own work: no user sees it */
    lua_Hook hook; /* that is to be there: who takes it away is noticed; NULL: none, or unknown */
    alignas(max_align_t) unsigned char extra[]; /* threads_extra */
};

/* As Lua's states have an extra space, so have the records: the account's owner keeps there what he
   knows of a thread. Nothing here looks into it. */
struct threads_extra {
    size_t bytes; /* all zero in a new record */
    void (*inherit)(void *extra, const void *makers);
    void (*finish)(void *extra);
};

struct threads {
    const struct threads_extra *extra; /* NULL: none; to be set before there is a state */
    struct thread *first, *last;
    const void *registry; /* lua_topointer of the state's: tells a thread of it from another's */
    const struct pointer_map *plain; /* plain_functions.h; NULL: none are known */
    struct pointer_map by_state;
    struct thread *last_asked; /* the commonest answer of threads_of, kept at hand; or NULL */
    struct thread *innermost;  /* the chain's last; its resumer is the one before; NULL: none */
    int last_id;
    unsigned count;
    unsigned born; /* since the start */
};

/* The block of a thread, and the thread in a block: it starts with the thread's extra space
   (lua_getextraspace() turned round). */
static inline void *threads_block(const lua_State *L) {
    return (char *)L - LUA_EXTRASPACE;
}
static inline lua_State *threads_state(const void *block) {
    return (lua_State *)((char *)block + LUA_EXTRASPACE);
}

/* All zero is ready. */
void threads_finish(struct threads *threads);

/* A block of kind LUA_TTHREAD. The first is the main thread's, which enters the chain. 0 or
 * -ENOMEM. */
int threads_born(struct threads *threads, const void *block);

/* The thread in this block, which was reported, has its stack, or is about to: now it can be told
   whether it is one of another state that is made with our allocator. */
bool threads_is_others(const struct threads *threads, const void *block);

/* L was there before anybody watched: it is known from here on. The first is the main thread, which
   enters the chain. 0 or -ENOMEM. */
int threads_adopt(struct threads *threads, lua_State *L);

/* Code of the debugger's own has made the thread, on behalf of that one, whose record its own is to
   continue. The hook that it has is none of the program's. */
void threads_continue(struct threads *threads, struct thread *thread, const struct thread *maker);

/* Any block may be reported. Returns the chunk the thread was made in; NULL: in none, or it was no
   thread's. */
struct chunk *threads_died(struct threads *threads, const void *block);

/* The record of L; NULL if L is unknown. */
struct thread *threads_look_for(struct threads *threads, const lua_State *L);
static inline struct thread *threads_of(struct threads *threads, const lua_State *L) {
    struct thread *thread = threads->last_asked;
    return thread != NULL && thread->L == L ? thread : threads_look_for(threads, L);
}

static inline bool threads_is_innermost(const struct threads *threads, const lua_State *L) {
    return threads->innermost != NULL && threads->innermost->L == L;
}
static inline bool threads_in_chain(const struct threads *threads, const struct thread *thread) {
    return thread->resumer != NULL || thread == threads->first;
}

/* A thread that is not in the chain becomes its last; and the last is in it no more. A signal
   handler may look meanwhile. */
static inline void threads_push(struct threads *threads, struct thread *thread) {
    thread->resumer = threads->innermost;
    atomic_signal_fence(memory_order_release);
    threads->innermost = thread;
}
static inline void threads_pop(struct threads *threads) {
    struct thread *thread = threads->innermost;
    assert(thread != NULL);
    threads->innermost = thread->resumer;
    atomic_signal_fence(memory_order_release);
    thread->resumer = NULL;
}

/* The running thread `by` resumes `co`, unless Lua refuses: a thread that runs already stays where
   it is in the chain, which so holds no thread twice. What lies above `by` in it is over (an error
   jumped over its return) and is dropped; `by` itself may be missing, resumed by a C module. */
void threads_enter(struct threads *threads, const lua_State *by, const lua_State *co);

/* The same, by the innermost, if the thread has yielded: else false. One that is being closed is in
   the chain. */
static inline bool threads_enter_at_once(struct threads *threads, struct thread *thread) {
    if (thread->resumer != NULL || lua_status(thread->L) != LUA_YIELD)
        return false;
    assert(!thread->closing);
    threads_push(threads, thread);
    return true;
}

/* `by` runs again. */
void threads_leave(struct threads *threads, const lua_State *by);

/* The resumer of a thread that has entered runs again, if the thread is the innermost: else false.
   It may be gone. */
static inline bool threads_leave_at_once(struct threads *threads, const struct thread *thread) {
    if (threads->innermost != thread)
        return false;
    threads_pop(threads);
    return true;
}

/* L runs, and is to be in the chain even if a C module has resumed it. */
void threads_include(struct threads *threads, const lua_State *L);

/* What lies above the thread in the chain is over. Nothing, if it is not in the chain. */
void threads_drop_above(struct threads *threads, const struct thread *thread);

/* The thread that runs now: the innermost of the chain that can be. A coroutine being started or
   ended has no frame or a status other than LUA_OK: it is skipped, not dropped (it may be about to
   run). And who has resumed a running one, likewise. NULL: none. */
struct thread *threads_running(const struct threads *threads);
struct thread *threads_resumer(const struct thread *thread);

static inline bool threads_has_lost_hook(const struct thread *thread) {
    return thread->hook != NULL && lua_gethook(thread->L) != thread->hook;
}

/* Has somebody put another hook in the place of the one installed in the innermost thread? And
   before it is asked: is there one? */
static inline bool threads_lost_hook(const struct threads *threads) {
    return threads->innermost != NULL && threads_has_lost_hook(threads->innermost);
}
static inline bool threads_is_hooked(const struct threads *threads) {
    return threads->innermost != NULL && threads->innermost->hook != NULL;
}

/* Or in the youngest, which may be about to run? Of a state that was attached to, whose threads all
   get their hooks back. */
static inline bool threads_youngest_lost_hook(const struct threads *threads) {
    const struct thread *thread = threads->last;
    return thread != NULL && thread->built && !thread->hidden && threads_has_lost_hook(thread);
}

/* Where nobody reports who resumes whom (a host resumes in C, a program has kept Lua's own
   functions): looks for the thread that runs now, so that it is the last of the chain, and drops
   from there what has ended. A thread runs if its status and its frames say so, and it is the
   innermost for sure if its own innermost function is Lua's, or one of threads.plain: whoever
   resumes is another C function. While that of the chain's last is such a one this costs no more
   than to find that out; else all threads are looked at. */
void threads_find_running(struct threads *threads);

/* Its id, given at the first call. */
int threads_id(struct threads *threads, struct thread *thread);
struct thread *threads_by_id(const struct threads *threads, int id);

#endif
