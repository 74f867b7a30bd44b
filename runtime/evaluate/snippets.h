/* SPDX-License-Identifier: MIT */
/*
 * snippets: Lua expressions that are evaluated again and again while the program runs, in the frame
 * of a line event: conditions and log messages. Each is compiled once and kept.
 *
 * They run in a coroutine of the debugger's own, because hooks are off in the hook that evaluates:
 * its count hook ends what takes longer than SNIPPETS_LIMIT_MS. What they allocate is charged to
 * the debugger, and the program's collector is held back by as much.
 *
 * Kept: two entries of the registry, one of them the coroutine. It has a table at the bottom of its
 * stack: the code by number, the environment, and what watch.h keeps. A name in the code is looked
 * up when it is used: local, upvalue, field of the frame's _ENV (environment.h).
 */
#ifndef LUAHEAT_EVALUATE_SNIPPETS_H
#define LUAHEAT_EVALUATE_SNIPPETS_H

#include "account.h"
#include "frame.h"
#include "string_builder.h"

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    SNIPPETS_LIMIT_MS = 1000,
    SNIPPETS_TABLE = 1, /* its index in the coroutine */
    SNIPPETS_HINTS = 64,
};

/* All zero: nothing is kept. */
struct snippets {
    struct account *account;
    struct account_work before; /* while there is work */
    lua_State *co;              /* NULL: none yet */
    int count;                  /* of the code kept */
    unsigned version;           /* of it: how often it has been cleared */
    struct frame frame;         /* while one is evaluated */
    int hints[SNIPPETS_HINTS];  /* which local a name was last, by the name's address */
    bool evaluating;
    int64_t deadline;   /* ns of CLOCK_MONOTONIC; 0: not begun, it has been too short */
    bool overdue;       /* the last one was ended at the deadline */
    int64_t owed_bytes; /* allocated for us, and not yet made good with the collector */
};

/* The outcome of an evaluation. */
enum snippet_outcome { SNIPPET_FALSE, SNIPPET_TRUE, SNIPPET_ERROR };

/* The coroutine, made if need be by L, which must be running, not dead: with the table at index 1,
   and 20 free slots or more. NULL if memory is out. */
lua_State *snippets_open(struct snippets *snippets, lua_State *L);

/* Compiles an expression, for line events of the function that this one is of: constants that it
   names are those of that place. Its number (> 0); 0: it does not compile, or memory is out. */
int snippets_keep(struct snippets *snippets, lua_State *L, const lua_Debug *event,
                  const char *expression);

/* The same, for a frame that threw an error, which the expression knows as `err`. */
int snippets_keep_for_error(struct snippets *snippets, lua_State *L, const lua_Debug *event,
                            const char *expression);

/* Around work on the coroutine, set off by L, that may allocate in the program's heap. */
void snippets_begin_work(struct snippets *snippets, lua_State *L);
void snippets_end_work(struct snippets *snippets, lua_State *L);

/* Forgets all code. The numbers begin again. */
void snippets_clear(struct snippets *snippets);

/* At a line event in L, whose frame `event` names: is the expression true there? On an error its
   message is in `words`. */
enum snippet_outcome snippets_test(struct snippets *snippets, lua_State *L, const lua_Debug *event,
                                   int code, struct string_builder *builder);

/* The same of an expression for errors, in the frame of L that threw. The error's value is on top
   of the stack of `from`, and is taken. */
enum snippet_outcome snippets_test_error(struct snippets *snippets, lua_State *L,
                                         const lua_Debug *event, int code, lua_State *from,
                                         struct string_builder *builder);

/* As snippets_test; appends the values as they are printed: strings as they are, tables by their
   contents. False on an error: then the message is appended. */
bool snippets_print(struct snippets *snippets, lua_State *L, const lua_Debug *event, int code,
                    struct string_builder *builder);

/* In a coroutine that the code has resumed, from a count hook: raises an error when the time is
   over. */
void snippets_check_time(struct snippets *snippets, lua_State *L);

#endif
