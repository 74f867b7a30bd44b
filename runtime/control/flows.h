/* SPDX-License-Identifier: MIT */
/*
 * flows: the flows of functions that were asked about. Two closures of one function share one, and
 * so do two loads of the same code. A flow stays until the end: frames of a function may outlive
 * the loading of a file that has changed.
 */
#ifndef LUAHEAT_CONTROL_FLOWS_H
#define LUAHEAT_CONTROL_FLOWS_H

#include "chunks.h"
#include "flow.h"

#include <lua.h>

/* Which function of a program. Two that begin and end on the same lines differ in what else Lua
   tells of them. */
struct flows_key {
    int chunk; /* its id */
    int linedefined, lastlinedefined, upvalues, parameters;
    bool vararg;
};

struct flows_record {
    struct flows_record *next;
    struct flows_key key;
    struct flow flow; /* without places: nothing is known of it */
    bool old;         /* the chunk has been loaded again since */
};

/* All zero: none. */
struct flows {
    struct flows_record *first;
};

void flows_finish(struct flows *flows);

/* The flow of the frame's function, in the chunk. NULL if memory is out. */
const struct flow *flows_find(struct flows *flows, lua_State *L, lua_Debug *frame,
                              const struct chunk *chunk);

/* The chunk is loaded, for the first time or again. */
void flows_note_loaded(struct flows *flows, const struct chunk *chunk);

#endif
