/* SPDX-License-Identifier: MIT */
/*
 * library: our functions in front of some of Lua's own. Each does its bookkeeping and then calls
 * the original C function in its own frame, so that arguments, results, errors and tracebacks are
 * Lua's. They are C functions without upvalues, stored in slots that exist: no byte of the Lua heap
 * changes.
 *
 * A module may take them along to a state of its own on another OS thread (account/process.h):
 * there they are the originals.
 */
#ifndef LUAHEAT_CONTROL_LIBRARY_H
#define LUAHEAT_CONTROL_LIBRARY_H

#include "debugger.h"

/* The C function library.name; NULL: it is none. */
lua_CFunction library_find(lua_State *L, const char *library, const char *name);

/* Replaces library.name by `front`; returns the original, NULL (nothing replaced) if it is no C
 * function. */
lua_CFunction library_replace(lua_State *L, const char *library, const char *name,
                              lua_CFunction front);

/* coroutine.resume, wrap and close: keep the chain of running threads. */
void library_replace_coroutine(struct debugger *debugger, lua_State *L);

/* pcall and xpcall: show errors that the program catches. */
void library_replace_base(struct debugger *debugger, lua_State *L);

/* Is it what handles errors for us in those two, beside what the program has given? */
bool library_is_our_handler(lua_CFunction function);

/* debug.sethook and gethook: share the hook with the program. */
void library_replace_debug(struct debugger *debugger, lua_State *L);

/* os.exit: the figures are those of the moment it is called, not of a state being closed. */
void library_replace_os(struct debugger *debugger, lua_State *L);

#endif
