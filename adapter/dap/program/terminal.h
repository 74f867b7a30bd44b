/* SPDX-License-Identifier: MIT */
/*
 * terminal: a program that is started in a terminal of the client's, which is asked for one
 * (runInTerminal). There luaheat-lua comes back to us (debuggee/meeting.h); its streams are the
 * terminal's, and it is no child of ours.
 */
#ifndef LUAHEAT_DAP_TERMINAL_H
#define LUAHEAT_DAP_TERMINAL_H

#include "interpreter.h"
#include "program.h"

/* Does its configuration want one that the client can open? */
bool terminal_is_wanted(const struct program *program);

/* Asks for it. 0 or UV_E...; once the program has come, its owner is told that it is linked. */
int terminal_begin(struct program *program, const struct interpreter *interpreter);

#endif
