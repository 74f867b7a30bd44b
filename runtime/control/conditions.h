/* SPDX-License-Identifier: MIT */
/*
 * conditions: the short way to "no". In the hook of a line with breakpoints: is it quickly told
 * that none of them holds, because each has a condition, which is false there? All else is decided
 * by whoever is asked to stop.
 */
#ifndef LUAHEAT_CONTROL_CONDITIONS_H
#define LUAHEAT_CONTROL_CONDITIONS_H

#include "debugger.h"

/* Of the function that is at the line. Calls can be read (debugger.h). */
bool conditions_fail(struct debugger *debugger, lua_State *L, lua_Debug *event,
                     const struct known_function *function);

#endif
