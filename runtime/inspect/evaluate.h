/* SPDX-License-Identifier: MIT */
/*
 * evaluate: runs the user's code in a frame. Its request is in evaluate.c's table.
 */
#ifndef LUAHEAT_INSPECT_EVALUATE_H
#define LUAHEAT_INSPECT_EVALUATE_H

#include "inspect.h"

struct stop;
struct thread;

/* Closes a suspended coroutine: its __close handlers run, under the limits of evaluated code. If
   one of them fails or takes too long the problem is told; the coroutine is dead all the same. */
void evaluate_close(struct stop *stop, struct thread *thread, struct inspect_problem *problem);

#endif
