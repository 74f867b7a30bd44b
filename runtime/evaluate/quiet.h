/* SPDX-License-Identifier: MIT */
/*
 * quiet: evaluates an expression so that nothing of the program runs: what operators, indexing and
 * comparisons give without a metamethod that is a function. Lua itself computes it; a hook refuses
 * every call before it begins. An expression without calls comes to an end, and a string that it
 * joins is of QUIET_BYTES at most.
 */
#ifndef LUAHEAT_EVALUATE_QUIET_H
#define LUAHEAT_EVALUATE_QUIET_H

#include "evaluation.h"

enum { QUIET_BYTES = 1 << 20 };

/* To be struct evaluation's `perform`; `data` is the expression. */
int quiet_perform(lua_State *co, struct evaluation *evaluation);

#endif
