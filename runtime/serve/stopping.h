/* SPDX-License-Identifier: MIT */
/*
 * stopping: the debugger has found a reason to stop. Decides whether it is enough, tells of the
 * stop, and serves until the program is to go on.
 */
#ifndef LUAHEAT_SERVE_STOPPING_H
#define LUAHEAT_SERVE_STOPPING_H

#include <lua.h>
#include <stdbool.h>

struct debugger_stop;

/* The debugger's on_stop; data: the server. */
bool stopping_stop(void *data, lua_State *L, const struct debugger_stop *reason);

/* The script is about to end: debugger_listener's on_end. */
void stopping_look_at_end(void *data, lua_State *L);

/* on_return, likewise. */
void stopping_look_at_return(void *data, bool outermost);

#endif
