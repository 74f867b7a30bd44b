/* SPDX-License-Identifier: MIT */
/*
 * call_info: a call as Lua has it, CallInfo of lstate.h, to which lua_Debug.i_ci points. Its saved
 * pc names a function and an instruction at once, and so a line, without lua_getinfo. In the hook
 * of a line the values of that call are those of the stack: lua_getlocal's n is at index n.
 *
 * It is private to Lua, and the same in Lua 5.4.0 to 5.4.9. The liblua that is loaded must prove
 * that it has it so; one that does not is asked with lua_getinfo, as ever. The one place that knows
 * it. Nothing of it is changed but by call_info_save_pc, and by call_info_set_hook for as long as
 * that takes.
 */
#ifndef LUAHEAT_ACCOUNT_CALL_INFO_H
#define LUAHEAT_ACCOUNT_CALL_INFO_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A prototype and a Lua function, as far as its code. */
struct call_info_prototype {
    const void *next_object;
    unsigned char kind, marks, parameters, vararg, registers;
    int upvalues, constants, instructions, others[4], first_line, last_line;
    const void *of_constants;
    const uint32_t *code;
};

struct call_info_closure {
    const void *next_object;
    unsigned char kind, marks, upvalues;
    const void *next_gray;
    const struct call_info_prototype *prototype;
};

struct call_info {
    const struct call_info_closure *const *function; /* a value, on the thread's stack */
    const void *top;
    const struct call_info *previous, *next; /* the caller's; NULL: this is none, but its thread's
                                                foundation */
    const uint32_t *saved_pc;                /* of a Lua function: behind what it executes */
    const void *of_c_functions[2];
    int of_both;
    short results;
    unsigned short status;
};

/* In the status: of a C function; a hook runs, in the call that it is called for. */
enum { CALL_INFO_C = 1 << 1, CALL_INFO_HOOKED = 1 << 3 };

/* How the state begins that threads share. */
struct call_info_state {
    lua_Alloc allocator; /* lua_getallocf's */
    void *data;
};

/* How a lua_State begins. */
struct call_info_thread {
    const void *next_object;
    unsigned char kind, marks, status, hooks_allowed;
    unsigned short calls;
    const void *top;
    const struct call_info_state *state;
    const struct call_info *innermost;
};

/* Does the liblua that is loaded have it so? It is tried once. */
bool call_info_is_proven(void);

/* The thread's innermost call; if there is none, its foundation. Once it is proven. */
static inline const struct call_info *call_info_innermost(const lua_State *L) {
    return ((const struct call_info_thread *)(const void *)L)->innermost;
}

/* What it shares with all threads of its state. Once it is proven. */
static inline const struct call_info_state *call_info_state(const lua_State *L) {
    return ((const struct call_info_thread *)(const void *)L)->state;
}

/* Does its status tell that it can run (lua_status)? Once it is proven. */
static inline bool call_info_is_well(const lua_State *L) {
    return ((const struct call_info_thread *)(const void *)L)->status == LUA_OK;
}

/* How many calls the thread has. Once it is proven. */
static inline int call_info_count(const lua_State *L) {
    int count = 0;
    const struct call_info *call = call_info_innermost(L);
    for (; call->previous != NULL; call = call->previous)
        count++;
    return count;
}

/* lua_sethook in a thread whose calls all look at its hook already. lua_sethook tells each of them
   to, which in a deep stack takes milliseconds. Once it is proven. */
void call_info_set_hook(lua_State *L, lua_Hook function, int mask, int count);

/* The function that is called, as lua_topointer has it. Once it is proven. */
static inline const void *call_info_function(const struct call_info *call) {
    return *call->function;
}

/* Does it execute code of Lua, and no hook? Then its pc may be saved, as the VM does it. Once it is
   proven. */
static inline bool call_info_executes(const struct call_info *call) {
    return (call->status & (CALL_INFO_C | CALL_INFO_HOOKED)) == 0;
}

static inline void call_info_save_pc(const struct call_info *call, const uint32_t *pc) {
    ((struct call_info *)(uintptr_t)call)->saved_pc = pc;
}

/* The nearest call of a Lua function, from this one on; NULL: there is none. Once it is proven. */
static inline const struct call_info *call_info_nearest(const struct call_info *call) {
    while (call != NULL && (call->status & CALL_INFO_C))
        call = call->previous;
    return call;
}

#endif
