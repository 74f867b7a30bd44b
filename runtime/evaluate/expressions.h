/* SPDX-License-Identifier: MIT */
/*
 * expressions: Lua expressions of breakpoints, which are evaluated again and again while the
 * program runs, in the frame of an event: conditions and log messages. Each is compiled once and
 * kept.
 *
 * They run in a coroutine of the debugger's own, under a limit of time (limit.h). What they
 * allocate is charged to the debugger, and the program's collector is held back by as much.
 *
 * Kept in the registry: that coroutine. It has a table at the bottom of its stack: the code by
 * number, the environments' needs, and what data_variable.h keeps. A name in the code is looked up
 * when it is used (environment.h); or it is bound (bound.h).
 */
#ifndef LUAHEAT_EVALUATE_EXPRESSIONS_H
#define LUAHEAT_EVALUATE_EXPRESSIONS_H

#include "array.h"
#include "books.h"
#include "chunk_text.h"
#include "environment.h"
#include "limit.h"

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct bound;
struct string_builder;

enum {
    EXPRESSIONS_LIMIT_MS = 1000,
    EXPRESSIONS_TABLE = 1, /* its index in the coroutine */
};

/* One that is kept. */
struct expression {
    bool takes_varargs, of_error;
    bool
        has_functions; /* which may outlive the evaluation, so each has an environment of its own */
    struct bound *bound; /* NULL: it cannot be bound */
};

/* All zero: nothing is kept. */
struct expressions {
    struct account *account;
    struct account_work before;    /* while there is work */
    lua_State *co;                 /* NULL: none yet */
    lua_State *bound_co;           /* of what is bound; NULL: nothing can be */
    ARRAY(struct expression) list; /* number n is items[n - 1] */
    unsigned version;              /* how often they have been cleared */
    struct scope scope;            /* one for each evaluation */
    struct chunk_text text;
    struct environment *environment; /* of code without functions */
    struct limit limit;              /* of the evaluation, or of the last one */
    int64_t owed_bytes; /* allocated for us, and not yet made good with the collector */
};

/* The state has ended, or has been made to forget. */
void expressions_finish(struct expressions *expressions);

/* Nothing of it is kept in the state of L any more; not while code of it runs, which goes on. Needs
   2 free slots. */
void expressions_forget(struct expressions *expressions, lua_State *L);

/* The coroutine, made if need be by L, which must be running, not dead: with the table at index 1,
   and 20 free slots or more. NULL if memory is out. */
lua_State *expressions_open(struct expressions *expressions, lua_State *L);

/* Compiles an expression, for events of the function that this one is of: constants that it names
   are those of that place. Its number (> 0); 0: it does not compile, or memory is out, which is
   appended to `error`. */
int expressions_keep(struct expressions *expressions, lua_State *L, const lua_Debug *event,
                     const char *text, struct string_builder *error);

/* The same, for a frame that threw an error, which the expression knows as `err`. */
int expressions_keep_for_error(struct expressions *expressions, lua_State *L,
                               const lua_Debug *event, const char *text,
                               struct string_builder *error);

/* Around work on the coroutine, set off by L, that may allocate in the program's heap. */
void expressions_begin_work(struct expressions *expressions, lua_State *L);
void expressions_end_work(struct expressions *expressions, lua_State *L);

/* Forgets all code. The numbers begin again. */
void expressions_clear(struct expressions *expressions);

enum expressions_outcome { EXPRESSIONS_FALSE, EXPRESSIONS_TRUE, EXPRESSIONS_ERROR };

/* At an event in L, whose frame `event` names: is the expression true there? On an error its
   message is appended. */
enum expressions_outcome expressions_test(struct expressions *expressions, lua_State *L,
                                          const lua_Debug *event, int number,
                                          struct string_builder *error);

/* The same in the hook of a line, if it can be told quickly; else EXPRESSIONS_ERROR, without a
   message. `function`: bound.h. */
enum expressions_outcome expressions_test_bound(struct expressions *expressions, lua_State *L,
                                                lua_Debug *event, int number, uint64_t function);

/* The same of an expression for errors, in the frame of L that threw. The error's value is on top
   of the stack of `from`, and is taken. */
enum expressions_outcome expressions_test_error(struct expressions *expressions, lua_State *L,
                                                const lua_Debug *event, int number, lua_State *from,
                                                struct string_builder *error);

/* As expressions_test; appends the values as they are printed: strings as they are, tables by their
   contents. False on an error: then the message is appended. */
bool expressions_print(struct expressions *expressions, lua_State *L, const lua_Debug *event,
                       int number, struct string_builder *builder);

#endif
