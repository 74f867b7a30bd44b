/* SPDX-License-Identifier: MIT */
/*
 * stop: the program is stopped, and everything that is true only until it goes on: the frames and
 * values that a client can name, and what evaluation keeps. Whatever may only happen then takes a
 * struct stop.
 *
 * The stopped thread is in its hook, whose frame has LUA_MINSTACK free stack slots. Looking uses
 * only those: a value is not kept but found again by its path (value_path.h). So looking cannot
 * fail for want of stack, and neither the stack nor the heap of the program grows.
 *
 * Nothing of it is global: it begins with the account and the thread of one Lua state, and of
 * several states each would be stopped with one of its own, in which alone a client's numbers mean
 * something.
 */
#ifndef LUAHEAT_INSPECT_STOP_H
#define LUAHEAT_INSPECT_STOP_H

#include "chunk_text.h"
#include "collector.h"
#include "console.h"
#include "constants.h"
#include "coroutine.h"
#include "entries.h"
#include "environment.h"
#include "frames.h"
#include "reference.h"
#include "value_path.h"

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct account;

/* What is remembered from stop to stop; the caller keeps it as long as there is the state. All zero
   at first. */
struct stop_history {
    struct frames_history frames;
    struct scope scope;   /* of the code evaluated at a stop */
    struct stop *console; /* at which code of the console runs (commands.h); NULL: none does */
    struct cJSON *asked;  /* by that code */
    int reference;        /* the last one given: one of an earlier stop is recognised */
};

/* The error that stopped the program. */
struct stop_error {
    lua_State *thread; /* where it was thrown; NULL: no error stopped the program */
    int index;         /* of its value, on the stopped thread's stack */
    bool caught;       /* the program catches it */
};

/* The piece of a table that was sorted last: its pages are asked for one after the other. */
struct sorted_piece {
    const void *table; /* NULL: there is none */
    struct entries_range range;
    struct entries entries;
};

struct stop {
    struct account *account;
    struct chunks *chunks;
    lua_State *L; /* the stopped thread */
    struct coroutines coroutines;
    int height; /* of its stack when it stopped */
    int near;   /* index in it of the key behind which a piece of a table was looked at last; nil */
    struct sorted_piece piece;
    struct stop_error error;
    int line; /* that did it, and that the frame on top has just run, if Lua is past it; or 0 */
    struct stop_history *history;
    struct frames frames;
    struct value_paths paths;
    struct references references;
    struct console console;
    struct collector_hold collector;
    struct chunk_text text;          /* of the chunk looked at last */
    bool ansi;                       /* the client shows colours in values */
    bool (*interrupted)(void *data); /* is the answer being made not wanted any more? Slow (a look
                                        at the link). NULL: it always is */
    void *interrupted_data;
    uint64_t
        walked; /* objects that a walk over the heap has reached so far; 0: none is under way */
};

/* In the hook of the running thread L, or in a C function that has LUA_MINSTACK free slots. */
void stop_begin(struct stop *stop, struct account *account, lua_State *L,
                struct stop_history *history);

/* Right after stop_begin: an error stopped the program, in a message handler of L or after a
   coroutine that L resumed has died of it. */
void stop_note_error(struct stop *stop, const struct stop_error *error);

/* Code may run, or the collector: what looking has found may go. */
void stop_hold_nothing(struct stop *stop);

/* Something else than variables is asked for, by which tables may change. */
void stop_forget_piece(struct stop *stop);

/* Is it known which line has allocated what? */
bool stop_measures(const struct stop *stop);

/* Pushes the value of a constant on the stopped thread's stack; nil if memory is out. Not while
   something is evaluated. */
void stop_push_constant(struct stop *stop, const struct declarations_constants *constants,
                        const struct declarations_constant *constant);

/* The program is about to go on: forgets everything, and leaves L's stack as it was. */
void stop_end(struct stop *stop);

#endif
