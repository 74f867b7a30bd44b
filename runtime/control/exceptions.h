/* SPDX-License-Identifier: MIT */
/*
 * exceptions: errors that stop the program where they are thrown, with the stack still there.
 *
 * Lua tells of an error only through the message handler of the protected call that will catch it.
 * So pcall and xpcall get one of ours, and so do the __close handlers that coroutine.close runs;
 * the interpreter's own last handler tells of uncaught errors. A coroutine has no handler, but when
 * it dies of an error it keeps its stack: coroutine.resume and wrap look at it before anybody else
 * does. Protected calls made by C modules cannot be seen.
 *
 * Lua closes a coroutine without a message handler, and when it is done the stack of the error is
 * gone. So while it does, the metatables of what waits to be closed have a handler of ours in front
 * of the program's, which calls that one protected.
 */
#ifndef LUAHEAT_CONTROL_EXCEPTIONS_H
#define LUAHEAT_CONTROL_EXCEPTIONS_H

#include "debugger.h"

/* The wanted errors are those of pcall's (caught) and the interpreter's (uncaught) kind. NULL:
   there is nobody. */
static inline bool exceptions_on(const struct debugger *debugger) {
    return debugger != NULL && debugger->attached &&
           (debugger->exceptions.caught || debugger->exceptions.uncaught);
}

/* In a message handler of L: the error value is at this index of its stack. */
void exceptions_thrown(struct debugger *debugger, lua_State *L, int error, bool caught);

/* In the interpreter's last handler, itself called by what throws: likewise. Caught is what a
   reader of load throws, which ends in load but has this handler too. */
void exceptions_unhandled(struct debugger *debugger, lua_State *L, int error);

/* A message handler that shows an error that is caught; the error value stays what it is. */
int exceptions_show(lua_State *L);

/* L resumed co, which died of the error whose value is on top of L's stack. `rethrown`: it goes on
   to whoever protects L, if anybody does; else it ends here, as a result of coroutine.resume. */
void exceptions_coroutine_died(struct debugger *debugger, lua_State *L, lua_State *co,
                               bool rethrown);

/* Puts ours in front, in the metatables of all values on the stack of `co`, which L is about to
   close. Pushes what exceptions_end_closing wants on L's stack: nil, if nobody asks for caught
   errors. */
void exceptions_begin_closing(struct debugger *debugger, lua_State *L, lua_State *co);

/* Restores the metatables. What exceptions_begin_closing has pushed is at this (positive) index,
 * and stays. */
void exceptions_end_closing(lua_State *L, int index);

#endif
