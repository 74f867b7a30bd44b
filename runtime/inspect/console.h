/* SPDX-License-Identifier: MIT */
/*
 * console: what evaluation needs in the program's heap while it is stopped: a coroutine for each
 * evaluation, and one that only keeps results so that they can be unfolded. All of it hangs on one
 * slot of the stopped thread's stack, is charged to the debugger, and is garbage when the stop is
 * over.
 *
 * To be used as work of the debugger's (account/running.h).
 */
#ifndef LUAHEAT_INSPECT_CONSOLE_H
#define LUAHEAT_INSPECT_CONSOLE_H

#include <lua.h>
#include <stdbool.h>

/* All zero: nothing has been evaluated at this stop. */
struct console {
    lua_State *keeper;
};

/* Makes the keeper, if there is none yet, on the stack of L, the stopped thread, on which nothing
   may lie that is popped before the stop is over. False if memory is out. */
bool console_open(struct console *console, lua_State *L);

/* Pushes a new coroutine of the debugger's own on L's stack. NULL, nothing pushed: no memory or no
   room. */
lua_State *console_spawn(lua_State *L);

/* Keeps the value on top of L's stack, which stays there. Its number; 0 if there is no room. */
int console_keep(const struct console *console, lua_State *L);

/* Pushes a kept value on L's stack. */
void console_push_kept(const struct console *console, lua_State *L, int number);

#endif
