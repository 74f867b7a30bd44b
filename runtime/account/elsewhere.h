/* SPDX-License-Identifier: MIT */
/*
 * elsewhere: a module can ask for our allocator (lua_getallocf) and use it for a state of its own,
 * on another OS thread. What is allocated there is no line's of the program, and is not booked;
 * such a block may end here, and one of ours there.
 *
 * What others take on the program's own OS thread (a block, a state) is the running line's.
 */
#ifndef LUAHEAT_ACCOUNT_ELSEWHERE_H
#define LUAHEAT_ACCOUNT_ELSEWHERE_H

#include "block.h"

#include <stdatomic.h>
#include <stdbool.h>

/* In programs this is a load; in a shared object it would be a call. */
extern _Thread_local bool elsewhere_is_home __attribute__((tls_model("initial-exec")));

/* Is this another OS thread than the program's? */
static inline bool elsewhere(void) {
    return !elsewhere_is_home;
}

/* A block of ours that was given back there, or took another place. */
struct elsewhere_freed {
    struct elsewhere_freed *next;
    struct block *block;
    size_t size; /* as it was told */
};

/* The last first. */
typedef _Atomic(struct elsewhere_freed *) elsewhere_list;

/* lua_Alloc, there: or here for a block that was allocated there. Blocks of ours go to the list. */
void *elsewhere_alloc(elsewhere_list *freed, void *ptr, size_t osize, size_t nsize);

#endif
