/* SPDX-License-Identifier: MIT */
/*
 * unknown_attributes: what a configuration to launch or attach has that nobody has read. A word
 * written wrong would do nothing, and nobody would know why; so the user is told.
 */
#ifndef LUAHEAT_DAP_UNKNOWN_ATTRIBUTES_H
#define LUAHEAT_DAP_UNKNOWN_ATTRIBUTES_H

#include "arguments.h"
#include "debug_console.h"

/* Once all that is known has been read from the arguments, whether there was a problem or not: a
   line for each other attribute, with the known one that may be meant. Those that editors add for
   themselves are none. */
void unknown_attributes_tell(const struct arguments *arguments, struct debug_console *console);

#endif
