/* SPDX-License-Identifier: MIT */
/*
 * events: what the hook is called for, and who gets it: the link's messages, breakpoints, steps,
 * memory breakpoints, and at last the program's own hook. The top of this folder.
 */
#ifndef LUAHEAT_CONTROL_EVENTS_H
#define LUAHEAT_CONTROL_EVENTS_H

#include "debugger.h"

/* Takes over a state of the debugger's account whose libraries are open: puts our functions in
   front of Lua's own (library.h), and installs the hook. Leaves no byte in the Lua heap. */
void events_begin(struct debugger *debugger, lua_State *L);

#endif
