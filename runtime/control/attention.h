/* SPDX-License-Identifier: MIT */
/*
 * attention: how the outside reaches a program that runs Lua code: by signals, whose handlers ask
 * the hook to be called. SIGIO comes from the link's descriptor when a message arrives, SIGINT from
 * the user's Ctrl-C. The one place that knows signals; a system without SIGIO needs another way in
 * here.
 *
 * One debugger a process can be attended to, because signal handlers have no argument.
 */
#ifndef LUAHEAT_CONTROL_ATTENTION_H
#define LUAHEAT_CONTROL_ATTENTION_H

#include "debugger.h"

/* From now on data arriving at the descriptor means ATTENTION_LINK. 0 or a negative errno. */
int attention_watch(struct debugger *debugger, int fd);

/* While held back, arriving data is only noted; letting go delivers what was missed. */
void attention_hold(void);
void attention_release(void);

/* While a chunk runs, SIGINT makes it fail with "interrupted!", as lua5.4 does; a second SIGINT
   ends the process. */
void attention_catch_interrupt(struct debugger *debugger);
void attention_ignore_interrupt(void);

/* No signal touches the debugger any more. */
void attention_end(void);

#endif
