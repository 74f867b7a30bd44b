/* SPDX-License-Identifier: MIT */
/*
 * evaluation: runs something that the user asked for, in a coroutine of the console: under a limit
 * of time, without breakpoints, charged to the debugger. It may raise errors and be cancelled.
 */
#ifndef LUAHEAT_INSPECT_EVALUATION_H
#define LUAHEAT_INSPECT_EVALUATION_H

#include "inspect.h"
#include "value.h"

#include <lua.h>

struct stop;

struct evaluation {
    struct stop *stop;
    int frame; /* whose names the code means; 0: the globals only */
    /* Does it, in the coroutine. What is on its stack in the end are the results. */
    int (*perform)(lua_State *co, struct evaluation *evaluation);
    /* Makes the answer of `count` results, which begin at index 1; NULL with the problem told. What
       it allocates in Lua is charged to the debugger, too. */
    cJSON *(*finish)(struct evaluation *evaluation, lua_State *co, int count);
    void *data;            /* theirs */
    const char *constants; /* evaluation_run's: declares those that the code may name */
    struct value_style style;
    struct inspect_problem *problem;
};

/* NULL with the problem told if it fails, takes too long, yields or is cancelled. */
cJSON *evaluation_run(struct evaluation *evaluation);

/* For perform: pushes code, made of a beginning and the user's text, as a function. An error if it
   does not compile: see evaluation_compiles. */
void evaluation_push_code(lua_State *co, const struct evaluation *evaluation, const char *beginning,
                          const char *text);

/* The same; false, nothing pushed, if it does not compile. */
bool evaluation_compiles(lua_State *co, const struct evaluation *evaluation, const char *beginning,
                         const char *text);

/* Calls the code on top of the stack, with the frame's names as its own and the frame's varargs as
   `...`. All its results are left on the stack. */
int evaluation_call(lua_State *co, const struct evaluation *evaluation);

/* Pushes the frame's varargs; how many. */
int evaluation_push_varargs(lua_State *co, const struct evaluation *evaluation);

/* Sets the names of the code on top of the stack to the frame's, and calls it with the values on
   top of that. */
int evaluation_call_with(lua_State *co, const struct evaluation *evaluation, int arguments);

/* To be `perform`: evaluates the expression in `data`, and runs nothing of the program (quiet.h).
 */
int evaluation_perform_quietly(lua_State *co, struct evaluation *evaluation);

/* For finish: result i, to the top of the stopped thread's stack. */
void evaluation_push_result(const struct evaluation *evaluation, lua_State *co, int i);

#endif
