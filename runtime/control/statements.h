/* SPDX-License-Identifier: MIT */
/*
 * statements: which threads must tell of lines; and at a line event, does the line begin, or is it
 * only come back to within a statement (progress.h)? Asked for breakpoints, of the frames of
 * functions that hold one on such a line; and for a step, of the frame where it began.
 */
#ifndef LUAHEAT_CONTROL_STATEMENTS_H
#define LUAHEAT_CONTROL_STATEMENTS_H

#include "debugger.h"

/* To be asked once at each line event: it is how a frame is followed. */
bool statements_line_begins(struct debugger *debugger, struct thread *thread, lua_Debug *event);

/* A step could end at this line event; does it? `begun`: what was answered to the above. */
bool statements_step_ends(struct debugger *debugger, struct thread *thread, lua_Debug *event,
                          bool begun);

/* Breakpoints have changed: is a function on the thread's stack that holds one? What is known of
   frames that were and are still followed stays; of those that are followed from now on, where they
   are. Of a stack that is very deep: those on top.
 */
void statements_look(struct debugger *debugger, struct thread *thread);

#endif
