/* SPDX-License-Identifier: MIT */
/*
 * evaluate: runs the user's code in a frame. Its request is in evaluate.c's table; this is for the
 * conditions of exception filters.
 */
#ifndef LUAHEAT_INSPECT_EVALUATE_H
#define LUAHEAT_INSPECT_EVALUATE_H

#include "inspect.h"

#include <stdbool.h>

struct stop;
struct thread;

/* Does the condition, in which `err` is the error that stopped the program, hold in the frame? If
   it fails itself: false, with the problem told. */
bool evaluate_error_condition(struct stop *stop, int frame, const char *condition,
                              struct inspect_problem *problem);

/* Closes a suspended coroutine: its __close handlers run, under the limits of evaluated code. If
   one of them fails or takes too long the problem is told; the coroutine is dead all the same. */
void evaluate_close(struct stop *stop, struct thread *thread, struct inspect_problem *problem);

#endif
