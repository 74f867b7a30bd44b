/* SPDX-License-Identifier: MIT */
/*
 * attention: how the outside reaches a program that runs Lua code. The adapter rings a bell
 * (link/bell.h), which is noticed in the allocator and in the hook; or it sends LINK_SIGNAL, and
 * the user's Ctrl-C sends SIGINT: their handlers ask the hook to be called. The one place that
 * knows signals.
 *
 * One debugger a process can be attended to, because signal handlers have no argument.
 */
#ifndef LUAHEAT_CONTROL_ATTENTION_H
#define LUAHEAT_CONTROL_ATTENTION_H

#include "debugger.h"

/* From now on the bell (NULL: there is none) and LINK_SIGNAL mean ATTENTION_LINK, and a hook that
   somebody has taken away is taken back. In the thread that runs Lua. 0 or a negative errno. */
int attention_watch(struct debugger *debugger, struct bell *bell);

/* While held back, a call is only noted; letting go asks for what was missed. */
void attention_hold(void);
void attention_release(void);

/* While a chunk runs, SIGINT makes it fail with "interrupted!", as lua5.4 does; a second SIGINT
   ends the process. */
void attention_catch_interrupt(struct debugger *debugger);
void attention_ignore_interrupt(void);

/* The adapter cannot ask for it any more; nor may it in a child that the program forks, whose own
   Ctrl-C goes on as before. */
void attention_lost(void);
void attention_forked(void);

/* Nobody and nothing asks for the debugger's attention any more. */
void attention_end(void);

#endif
