/* SPDX-License-Identifier: MIT */
/*
 * function_breakpoints: functions that stop the program when they are called, by name: `f`, `M.f`,
 * `Class:method`. A call is of such a function if
 *
 *   - it is defined under that name in the text of its chunk (definitions.h); or
 *   - it is what the name leads to now, from a global on, by raw fields and __index tables; or
 *   - where the function was first called from, the name led to it from a local or an upvalue.
 *
 * The first and the last are found once for each function; the second at each call, so that a name
 * that gets another function is followed. A Lua function stops at its first line, a C function when
 * it is called.
 */
#ifndef LUAHEAT_CONTROL_FUNCTION_BREAKPOINTS_H
#define LUAHEAT_CONTROL_FUNCTION_BREAKPOINTS_H

#include "breakpoint_options.h"
#include "chunks.h"
#include "pointer_map.h"

#include <lua.h>
#include <stdint.h>

/* Sets of them are bits. */
enum { FUNCTION_BREAKPOINTS_MOST = 60 };

struct function_breakpoint {
    int id;        /* the adapter's */
    char *name;    /* as asked */
    char *message; /* why it is refused; NULL: it is set */
    struct breakpoint_options options;
    int first, parts; /* of the name, among the kept strings */
};

struct function_breakpoints {
    struct function_breakpoint *list;
    size_t count;
    bool kept;                /* the parts of the names are in the registry */
    struct pointer_map known; /* what has been found out, by chunk and line of definition */
    uint64_t entered;         /* a function has been called that holds these ... */
    const lua_State *thread;  /* ... in this thread ... */
    const void *frame;        /* ... and frame, and has not got to its first line */
};

/* Nothing of them is kept in the state of L any more. Needs 2 free slots. */
void function_breakpoints_detach(struct function_breakpoints *functions, lua_State *L);

void function_breakpoints_finish(struct function_breakpoints *functions);

/* Replaces all (id, name, options and message filled in; what they own is taken, the array is not).
   One with the id and options of an old one keeps its hits. 0 or -ENOMEM: nothing is taken. */
int function_breakpoints_replace(struct function_breakpoints *functions,
                                 const struct function_breakpoint *asked, size_t count);

void function_breakpoints_drop(struct function_breakpoint *breakpoint);

/* NULL, or why the name is none: a constant. */
const char *function_breakpoints_check_name(const char *name);

/* A chunk is loaded: what was found out by lines may not be true any more. */
void function_breakpoints_forget(struct function_breakpoints *functions);

/* At a call event in L, of the function at this address: its breakpoints. chunk: NULL: a C
 * function's. */
uint64_t function_breakpoints_called(struct function_breakpoints *functions, lua_State *L,
                                     const void *address, const struct chunk *chunk,
                                     int linedefined);

#endif
