/* SPDX-License-Identifier: MIT */
/*
 * foreseen: what can be said of breakpoints while their program runs no Lua code that could say it:
 * which lines of a file hold code. The runtime has the last word.
 */
#ifndef LUAHEAT_DAP_FORESEEN_H
#define LUAHEAT_DAP_FORESEEN_H

#include "breakpoint_table.h"

/* An array of DAP's Breakpoints, one for each of the set, without ids; NULL: nothing is known (they
   are no lines, or their file cannot be read as Lua). */
cJSON *foreseen_breakpoints(const struct breakpoint_set *set);

#endif
