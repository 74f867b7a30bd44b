/* SPDX-License-Identifier: MIT */
/*
 * library: a liblua of the user's, opened so that whatever is loaded later finds Lua in it.
 */
#ifndef LUAHEAT_INTERPRETER_LIBRARY_H
#define LUAHEAT_INTERPRETER_LIBRARY_H

#include <stdbool.h>

enum { LIBRARY_PROBLEM_BYTES = 1024 };

/* The file of that path, seen from the current folder. False: it is no Lua 5.4, and problem says
   why. It stays open. */
bool library_open(const char *path, char problem[LIBRARY_PROBLEM_BYTES]);

#endif
