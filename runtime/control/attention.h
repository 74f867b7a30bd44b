/* SPDX-License-Identifier: MIT */
/*
 * attention: how the outside reaches a program that runs Lua code. The adapter rings a bell
 * (link/bell.h), which is noticed in the allocator and in the hook; or LINK_SIGNAL comes, from the
 * adapter or because something has arrived at a descriptor; and the user's Ctrl-C sends SIGINT.
 * Their handlers ask the hook to be called. The one place that knows signals.
 *
 * A process has one handler, and any number of debuggers and descriptors up to ATTENTION_PLACES,
 * each at home on an OS thread: the signal is taken for those of the thread that it has come to. A
 * handler that the program had for LINK_SIGNAL is called as well, and is back in its place once
 * nobody attends any more.
 */
#ifndef LUAHEAT_CONTROL_ATTENTION_H
#define LUAHEAT_CONTROL_ATTENTION_H

#include "debugger.h"

#include <pthread.h>

enum { ATTENTION_PLACES = 1024 };

/* From now on the bell (NULL: there is none), LINK_SIGNAL and the end of `life` (-1: none), which
   stays the caller's, mean ATTENTION_LINK, and a hook that somebody has taken away is taken back.
   In the OS thread that runs Lua. 0 or a negative errno: no signal comes; -ENOSPC: too many attend
   already. */
int attention_watch(struct debugger *debugger, struct bell *bell, int life);

/* The debugger's state runs on this OS thread now. */
void attention_move(struct debugger *debugger);
static inline void attention_follow(struct debugger *debugger) {
    if (!pthread_equal(debugger->home, pthread_self()))
        attention_move(debugger);
}

/* While held back, a call is only noted; letting go asks for what was missed. */
void attention_hold(struct debugger *debugger);
void attention_release(struct debugger *debugger);

/* While a chunk runs, SIGINT makes it fail with "interrupted!", as lua5.4 does; a second SIGINT
   ends the process. For the one debugger of luaheat-lua. */
void attention_catch_interrupt(struct debugger *debugger);
void attention_ignore_interrupt(void);

/* The adapter cannot ask for it any more; nor may it in a child that the program forks, whose own
   Ctrl-C goes on as before. */
void attention_lost(struct debugger *debugger);
void attention_forked(struct debugger *debugger);

/* Nobody and nothing asks for the debugger's attention any more. It need not have been watched. */
void attention_end(struct debugger *debugger);

/* Something may arrive at the descriptor: this OS thread is called then, its end included. In the
   handler, which may be called for nothing, on_signal may do no more than one may (lua_sethook is
   what lua.c itself does there). 0 or a negative errno; -ENOSYS: this OS calls nobody. */
int attention_listen(int fd, void (*on_signal)(void *data), void *data);

/* Before the descriptor is closed, by whom data is the same. */
void attention_unlisten(int fd, const void *data);

#endif
