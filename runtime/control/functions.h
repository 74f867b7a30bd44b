/* SPDX-License-Identifier: MIT */
/*
 * functions: what is known of the program's functions: their chunk, whether they hold a breakpoint,
 * and in which order their lines can run. Asked at every call while there is a breakpoint, so what
 * has been found out is kept until the function's block is freed (account/account.h).
 */
#ifndef LUAHEAT_CONTROL_FUNCTIONS_H
#define LUAHEAT_CONTROL_FUNCTIONS_H

#include "call_info.h"
#include "debugger.h"

/* What is known of the frame's function, `address`, from now on. Its chunk is used (chunks.h) as
   long as the place is not another's. */
struct known_function *functions_meet(struct debugger *debugger, lua_State *L, lua_Debug *frame,
                                      const void *address);

/* What is known of a function; NULL: it has not been met. */
static inline struct known_function *functions_known(struct debugger *debugger,
                                                     const void *address) {
    size_t place = account_function_place(address);
    return debugger->account.functions[place] == address ? &debugger->functions[place] : NULL;
}

/* The frame's function (lua_topointer). */
static inline const void *functions_address(const struct debugger *debugger, lua_State *L,
                                            lua_Debug *frame) {
    if (debugger->reads_calls)
        return call_info_function((const void *)frame->i_ci);
    lua_getinfo(L, "f", frame);
    const void *address = lua_topointer(L, -1);
    lua_pop(L, 1);
    return address;
}

/* What is known of the frame's function. Good until another is asked for. */
static inline struct known_function *functions_of(struct debugger *debugger, lua_State *L,
                                                  lua_Debug *frame) {
    const void *address = functions_address(debugger, L, frame);
    struct known_function *known = functions_known(debugger, address);
    return known != NULL ? known : functions_meet(debugger, L, frame, address);
}

/* Finds out whether the function holds a breakpoint; the function keeps the answer. */
bool functions_look(struct debugger *debugger, struct known_function *function);

static inline bool functions_holds(struct debugger *debugger, struct known_function *function) {
    if (function->holds_version == debugger->breakpoints.version)
        return function->holds;
    return functions_look(debugger, function);
}

/* Does it hold one on a line that may be come back to? */
static inline bool functions_follows(struct debugger *debugger, struct known_function *function) {
    return functions_holds(debugger, function) && function->follows;
}

/* Is one that holds a breakpoint on the stack of L? Of a stack that is very deep: yes. */
bool functions_on_stack(struct debugger *debugger, lua_State *L);

/* The flow of the frame's function, which is this one. NULL: a C function, or memory is out. */
const struct flow *functions_flow(struct debugger *debugger, lua_State *L, lua_Debug *frame,
                                  struct known_function *function);

#endif
