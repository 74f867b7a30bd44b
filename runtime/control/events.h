/* SPDX-License-Identifier: MIT */
/*
 * events: what the hook is called for, and who gets it: the link's messages, breakpoints, steps,
 * memory breakpoints, and at last the program's own hook. The top of this folder.
 */
#ifndef LUAHEAT_CONTROL_EVENTS_H
#define LUAHEAT_CONTROL_EVENTS_H

#include "debugger.h"

/* Takes over a state of the debugger's account, in a thread of it that runs: puts our functions in
   front of Lua's own (library.h), and installs the hook. A hook that the program has is called as
   before. Leaves no byte in the Lua heap. Needs 8 free slots of L's stack. 0, or -ENOMEM: nothing
   has changed. */
int events_attach(struct debugger *debugger, lua_State *L);

/* Gives it back: Lua's functions and the program's hooks are as if there had been no debugger,
   which knows nothing of the state from now on. What the program has kept of our functions goes on
   working. In any thread of the state, also while it is closed; not while the debugger is at work,
   unless nobody comes back to it. */
void events_detach(struct debugger *debugger, lua_State *L);

/* The debugger is to be gone as soon as nothing of it is at work: listener.on_leave is called then,
   unless nothing is now. Whether it was told for later. */
bool events_leave(struct debugger *debugger);

#endif
