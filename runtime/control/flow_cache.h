/* SPDX-License-Identifier: MIT */
/*
 * flow_cache: the flows of functions that were asked about. Two closures of one function share one,
 * and so do two loads of the same code. A flow stays until the end: frames of a function may
 * outlive the loading of a file that has changed.
 */
#ifndef LUAHEAT_CONTROL_FLOW_CACHE_H
#define LUAHEAT_CONTROL_FLOW_CACHE_H

#include <lua.h>

struct chunk;
struct flow;
struct cached_flow;

/* All zero: none. */
struct flow_cache {
    struct cached_flow *first;
};

void flow_cache_finish(struct flow_cache *cache);

/* The flow of the frame's function, in the chunk. NULL if memory is out. */
const struct flow *flow_cache_find(struct flow_cache *cache, lua_State *L, lua_Debug *frame,
                                   const struct chunk *chunk);

/* The chunk is loaded, for the first time or again. */
void flow_cache_note_loaded(struct flow_cache *cache, const struct chunk *chunk);

#endif
