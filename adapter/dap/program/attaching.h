/* SPDX-License-Identifier: MIT */
/*
 * attaching: a program that runs already, from its settings to the link with its runtime. Nothing
 * of it waits for us; and until it runs Lua code again its runtime says nothing.
 */
#ifndef LUAHEAT_DAP_ATTACHING_H
#define LUAHEAT_DAP_ATTACHING_H

#include "program.h"

/* Of a program of starting_create() whose settings are for attaching: looks for it. `again`: it was
   there before, and is waited for without an end. What becomes of it the owner is told: on_heard
   and on_ready, or on_failed. */
void attaching_begin(struct program *program, bool again);

/* Of one that is gone: is the next that takes its place to be attached to? */
bool attaching_is_wanted_again(const struct program *program);

/* The client has cancelled the request of this number, or what is shown as this progress (NULL:
   none). Harmless if that is not what we wait for. */
void attaching_cancel(struct program *program, int64_t seq, const char *progress);

#endif
