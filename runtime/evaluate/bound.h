/* SPDX-License-Identifier: MIT */
/*
 * bound: an expression that is evaluated again and again in the hook of a line, without looking up
 * its names each time. At one instruction of one function a name always means the same register or
 * upvalue, or a field of _ENV: that is found out once, and then the values are handed over.
 *
 * It is for expressions that end soon and change nothing, and so need no limit and may be evaluated
 * once more: without what makes new values. What it calls by a name or by fields of one must be
 * harmless (harmless.h); where something else would run, a metamethod or a function of the program,
 * and where there is an error, nothing is answered. Memory is taken for an error only, which is the
 * last.
 */
#ifndef LUAHEAT_EVALUATE_BOUND_H
#define LUAHEAT_EVALUATE_BOUND_H

#include "frame.h"

#include <lua.h>
#include <stdint.h>

struct bound;

/* A new coroutine of the debugger's, in which they are called. Their code is in the table at that
   index of L, which keeps the coroutine, too. NULL: nothing can be bound. Raises Lua errors. */
lua_State *bound_open(lua_State *L, int table);

/* An expression that compiles, for frames in which its names are bound as in this one. The table is
   at index 1 of `co`, another coroutine; the code is put in that place of it. `constants`:
   constants.h. NULL: it cannot be bound, or memory is out. */
struct bound *bound_load(lua_State *co, lua_Integer place, struct frame *frame, const char *text,
                         const char *constants);
void bound_destroy(struct bound *bound);

enum bound_outcome { BOUND_FALSE, BOUND_TRUE, BOUND_UNKNOWN };

/* In the hook of a line of L: is it true there? `co`: what bound_open has made. `function` is
   another number for another function. */
enum bound_outcome bound_test(struct bound *bound, lua_State *co, lua_Integer place, lua_State *L,
                              lua_Debug *event, uint64_t function);

#endif
