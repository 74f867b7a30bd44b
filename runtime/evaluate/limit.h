/* SPDX-License-Identifier: MIT */
/*
 * limit: how long evaluated code may run. It runs in a coroutine of the debugger's, as no hook of
 * the thread that is in its hook is called: this one has a count hook of its own, which the
 * coroutines that the code makes inherit.
 *
 * A C function that does not return cannot be stopped.
 */
#ifndef LUAHEAT_EVALUATE_LIMIT_H
#define LUAHEAT_EVALUATE_LIMIT_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct account;
struct string_builder;

/* Instructions until the first looks at the clock. Later ones follow from how long these took: each
   may be a call of a C function that takes milliseconds. */
enum { LIMIT_COUNT = 100 };

/* Of one evaluation. What is not set by limit_begin is the caller's. */
struct limit {
    int milliseconds;
    bool (*interrupted)(void *data); /* does nobody want the result any more? Slow. NULL: somebody
                                        always does */
    void *interrupted_data;
    bool overdue;        /* the time was over, and the code was ended by an error */
    bool cancelled;      /* likewise, because nobody wanted it any more */
    int64_t deadline;    /* ns of CLOCK_MONOTONIC; 0: not begun, it has been too short */
    int64_t next_look;   /* when to ask about that */
    int64_t looked;      /* when limit_hook last had the time; 0: not yet */
    unsigned born;       /* threads.born when it began */
    const void *quiet;   /* the only function of the user's that may be called: quiet.h */
    struct limit *outer; /* of the evaluation that this one is in; NULL: of none */
};

/* Pushes a new coroutine of the debugger's, with the hook. Raises Lua errors. */
lua_State *limit_push_coroutine(lua_State *L);

/* From here to the end what is run in such a coroutine is under the limit. */
void limit_begin(struct limit *limit, struct account *account);

/* Coroutines born meanwhile get the hook of L, as if that had made them. */
void limit_end(struct limit *limit, struct account *account, lua_State *L);

/* Of what is evaluated now in the state of L; NULL: nothing is. */
struct limit *limit_of(lua_State *L);

/* To be called now and then in a hook: an error if the time is over, or nobody waits any more. */
void limit_check(lua_State *L);

/* A count hook that does just that, and keeps its looks some ms apart. */
void limit_hook(lua_State *L, lua_Debug *event);

/* Appends why the code was ended. False: it was not, even if it had an error. */
bool limit_write(const struct limit *limit, struct string_builder *builder);

#endif
