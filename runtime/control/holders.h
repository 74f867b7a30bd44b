/* SPDX-License-Identifier: MIT */
/*
 * holders: which functions hold a breakpoint. Asked at every call while there is one, so what is
 * known of a function is kept (account/chunks.h).
 */
#ifndef LUAHEAT_CONTROL_HOLDERS_H
#define LUAHEAT_CONTROL_HOLDERS_H

#include "debugger.h"

/* What is known of the frame's function, `function`, from now on. */
struct chunk_function *holders_meet(struct debugger *debugger, lua_State *L, lua_Debug *frame,
                                    const void *function);

/* What is known of the frame's function, which is left on the stack. Good until another is asked
   for. */
static inline struct chunk_function *holders_push(struct debugger *debugger, lua_State *L,
                                                  lua_Debug *frame) {
    lua_getinfo(L, "f", frame);
    const void *function = lua_topointer(L, -1);
    struct chunk_function *known = chunks_function(&debugger->account.chunks, function);
    return known->function == function ? known : holders_meet(debugger, L, frame, function);
}

static inline struct chunk_function *holders_function(struct debugger *debugger, lua_State *L,
                                                      lua_Debug *frame) {
    struct chunk_function *function = holders_push(debugger, L, frame);
    lua_pop(L, 1);
    return function;
}

/* Finds out whether the function holds one; the function keeps the answer. */
bool holders_find(struct debugger *debugger, struct chunk_function *function);

static inline bool holders_holds(struct debugger *debugger, struct chunk_function *function) {
    if (function->holds_version == debugger->breakpoints.version)
        return function->holds;
    return holders_find(debugger, function);
}

/* Does it hold one on a line that may be come back to? */
static inline bool holders_follows(struct debugger *debugger, struct chunk_function *function) {
    return holders_holds(debugger, function) && function->follows;
}

/* Is there one on the stack of L? Of a stack that is very deep: yes. */
bool holders_on_stack(struct debugger *debugger, lua_State *L);

#endif
