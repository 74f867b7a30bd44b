/* SPDX-License-Identifier: MIT */
/*
 * library: our functions in front of some of Lua's own. Each does its bookkeeping and then calls
 * the original C function in its own frame, so that arguments, results, errors and tracebacks are
 * Lua's. They are C functions without upvalues, stored in slots that exist: no byte of the Lua heap
 * changes.
 *
 * Ours stand only where Lua's own do: what a host has put in their place is let be. The program may
 * take ours along, into locals of its own, into another state, into a child, beyond the debugger's
 * end: where no debugger is (debugger_of is NULL) they are the originals, which are the same in
 * every state of a process.
 */
#ifndef LUAHEAT_CONTROL_LIBRARY_H
#define LUAHEAT_CONTROL_LIBRARY_H

#include "debugger.h"

/* Lua's own, as a state has them that nobody else has touched. */
struct library_originals {
    lua_CFunction resume, wrap, close;
    lua_CFunction wrapped; /* what is behind the functions that coroutine.wrap returns */
    lua_CFunction pcall, xpcall, load;
    lua_CFunction sethook, gethook, traceback;
    lua_Hook hook; /* the one that debug.sethook installs */
    lua_CFunction exit;
};

/* All NULL before the first library_attach. */
extern struct library_originals library_originals;

/* One of ours and what it stands in front of. A table ends with NULLs. */
struct library_front {
    const lua_CFunction *original;
    lua_CFunction front;
};

/* coroutine.resume, wrap and close: keep the chain of running threads. pcall and xpcall: show
   errors that the program catches. debug.sethook and gethook: share the hook with the program.
   os.exit: the figures are those of the moment it is called, not of a state being closed. */
extern const struct library_front library_coroutine_fronts[]; /* library_coroutine.c */
extern const struct library_front library_base_fronts[];      /* library_base.c */
extern const struct library_front library_debug_fronts[];     /* library_debug.c */
extern const struct library_front library_os_fronts[];        /* library_os.c */

/* Puts ours in front: in the libraries that are there, as package.loaded has them or as globals,
   and in the table of globals. All access is raw. Needs 8 free slots of L's stack. 0, or -ENOMEM:
   nothing has changed. */
int library_attach(lua_State *L);

/* Puts Lua's own back where ours still stand. Needs as much. */
void library_detach(lua_State *L);

/* Does an error in it end in a call of this function? Lua's load is one, of what its reader throws.
 */
bool library_catches(lua_CFunction function);

/* Is it what handles errors for us in pcall and xpcall, beside what the program has given? */
bool library_is_our_handler(lua_CFunction function);

#endif
