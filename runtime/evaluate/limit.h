/* SPDX-License-Identifier: MIT */
/*
 * limit: how long evaluated code may run. While the program is stopped no hook of the stopped
 * thread is called, so the evaluating coroutine has one of its own, and so have, for as long, all
 * coroutines that it could resume. Hence no breakpoint fires inside either.
 *
 * A C function that does not return cannot be stopped.
 */
#ifndef LUAHEAT_EVALUATE_LIMIT_H
#define LUAHEAT_EVALUATE_LIMIT_H

#include "threads.h"

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct stop;

/* The raw hook of a thread. */
struct limit_hook {
    lua_State *L;
    lua_Hook hook;
    int mask, count;
};

struct limit {
    int64_t deadline;  /* ns of CLOCK_MONOTONIC */
    bool overdue;      /* it was reached, and the code was ended by an error */
    bool cancelled;    /* likewise, because nobody wants the result any more */
    int64_t next_look; /* when to ask about that */
    struct stop *stop;
    const struct thread *evaluating;
    const void *quiet;         /* the only function of the user's that may be called: quiet.h */
    struct limit_hook *others; /* what to restore */
    size_t count;
};

/* From here on the coroutine `co` of the console, on top of the stopped thread's stack, may run for
   so long. Pushes one value there. False if memory is out (nothing pushed). */
bool limit_begin(struct limit *limit, struct stop *stop, lua_State *co, int milliseconds);

/* Of the evaluation that L is in; NULL: none. */
struct limit *limit_of(lua_State *L);

/* To be called now and then in a hook: an error if the time is over, or nobody waits any more. */
void limit_check(lua_State *L);

/* Gives every thread its hook back; one born meanwhile gets the stopped thread's, as if that had
   made it. Pops the value. */
void limit_end(struct limit *limit, struct stop *stop);

#endif
