/* SPDX-License-Identifier: MIT */
/*
 * seat: where the allocator of an attached state stands: between Lua and the host's allocator,
 * which gets exactly the calls that it would. It is the ud of the state's lua_Alloc.
 *
 * Whoever asks a state for its allocator (lua_getallocf) may use that for as long as the host's
 * works, and on other OS threads: for a state of its own, which may outlive the one that it was
 * borrowed from and whoever was attached to that. So a seat is never given back to the system; the
 * next who attaches to that allocator takes it again. While nobody has taken it, it passes on what
 * it is asked.
 *
 * A host may take its state from one OS thread to another, under a lock of its own: the account
 * follows the allocator's calls. Not once the allocator has been lent to another state, whose calls
 * look the same: then only a call that has shown a lua_State moves it (account_running). What is
 * done elsewhere is booked by nobody, and noted here, under a lock.
 */
#ifndef LUAHEAT_ACCOUNT_SEAT_H
#define LUAHEAT_ACCOUNT_SEAT_H

#include "array.h"
#include "pointer_map.h"
#include "process.h"
#include "vm_pc.h"

#include <lua.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct account;

/* A block from here that was freed there. */
struct seat_freed {
    void *ptr;
    size_t size;
};

struct seat {
    struct vm_pc_user user; /* the ud of vm_pc_allocator, if that is the state's */
    struct seat *next;      /* of all */
    bool taken;
    lua_Alloc allocator; /* the host's */
    void *ud;
    _Atomic(struct account *) account; /* NULL: nobody is attached */
    _Atomic(const void *) home;        /* process_here() of the OS thread that the state is on */
    atomic_bool lent;                  /* another state was made with it */
    atomic_bool noted;                 /* there is something in the lists below */
    pthread_mutex_t lock;              /* of these: */
    struct pointer_map born;           /* blocks that were made elsewhere, and live */
    ARRAY(struct seat_freed) freed;    /* ours, or of nobody known, that have been freed there */
};

/* One for that allocator, at home here. NULL if memory is out. */
struct seat *seat_take(lua_Alloc allocator, void *ud, struct account *account);

/* From here on it passes everything on. */
void seat_leave(struct seat *seat);

/* In a child of the process: whoever held the lock is not there. */
void seat_forked(struct seat *seat);

/* What the host's allocator does. */
static inline void *seat_pass(const struct seat *seat, void *ptr, size_t osize, size_t nsize) {
    return seat->allocator(seat->ud, ptr, osize, nsize);
}

/* The same, elsewhere. */
void *seat_pass_elsewhere(struct seat *seat, void *ptr, size_t osize, size_t nsize);

/* Is the state on this OS thread? */
static inline bool seat_is_here(const struct seat *seat) {
    return atomic_load_explicit(&seat->home, memory_order_relaxed) == process_here();
}

static inline void seat_bring_here(struct seat *seat) {
    atomic_store(&seat->home, process_here());
}

/* The same, of who is called by the allocator: if the state may have come here, it has. */
static inline bool seat_follows(struct seat *seat) {
    if (seat_is_here(seat))
        return true;
    if (atomic_load(&seat->lent))
        return false;
    seat_bring_here(seat);
    return true;
}

/* At home: takes the last note of a block that was freed elsewhere. False: there is none. */
bool seat_next_freed(struct seat *seat, struct seat_freed *freed);

/* At home: a block that nobody here knows goes or moves. Was it made elsewhere? Then no more. */
bool seat_forget_born(struct seat *seat, const void *ptr);

#endif
