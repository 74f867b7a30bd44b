/* SPDX-License-Identifier: MIT */
/*
 * inherited: what the adapter hands to the process it starts (link/link.h): descriptors, named by
 * environment variables, or where to go for them; and which signals are ignored and blocked, as the
 * script would find them if luaheat did not stand between it and whoever has started it. The one
 * place that knows how this OS passes them on.
 */
#ifndef LUAHEAT_DOOR_INHERITED_H
#define LUAHEAT_DOOR_INHERITED_H

#include "connecting.h"
#include "handed.h"

enum { INHERITED_PROBLEM_BYTES = CONNECTING_PROBLEM_BYTES };

/* Takes all of it out of the environment and makes it close-on-exec; where LINK_ENV_CONNECT says
   so, connects and waits for the greeting. To be called before any user code runs. False: there is
   something, which cannot be used, and `problem` says why. */
bool inherited_take(struct handed *handed, char problem[INHERITED_PROBLEM_BYTES]);

/* Sets what LINK_ENV_SIGNALS says and takes it out of the environment. Without it, or if it says
   something else, all stays as it is. */
void inherited_take_signals(void);

#endif
