/* SPDX-License-Identifier: MIT */
/*
 * foreseen: what can be said of breakpoints while their program runs no Lua code that could say it:
 * which lines of a file hold code. The runtime has the last word.
 */
#ifndef LUAHEAT_DAP_FORESEEN_H
#define LUAHEAT_DAP_FORESEEN_H

#include <cJSON.h>
#include <stddef.h>

/* An array of DAP's Breakpoints without ids, one for each of the lines of that file; NULL: nothing
   is known (path NULL, or it cannot be read as Lua). */
cJSON *foreseen_breakpoints(const char *path, const int *lines, size_t count);

#endif
