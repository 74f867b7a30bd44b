/* SPDX-License-Identifier: MIT */
/*
 * heap_step: one edge of the heap, in words: "local cache (main chunk, leaks.lua)", "[17]".
 */
#ifndef LUAHEAT_HEAP_HEAP_STEP_H
#define LUAHEAT_HEAP_HEAP_STEP_H

#include "heap_edges.h"
#include "string_builder.h"

#include <lua.h>
#include <stdbool.h>

/* How a step is told that stands for those of several paths. All zero: it is one. */
struct heap_step_form {
    bool hidden;
    bool general;  /* whichever the coroutine is */
    bool several;  /* whichever the key is, or the number */
    bool repeated; /* what comes behind may lead back to it */
};

struct heap_step {
    struct heap_step_form form;
    const char *kind; /* "local", "field", ...: docs/dap.md has them all */
    struct string_builder text;
    struct string_builder name; /* what the value at its end is called, without what comes before */
    enum { HEAP_STEP_STARTS, HEAP_STEP_FOLLOWS, HEAP_STEP_OF } joins; /* list, .items, key of ... */
    int line;         /* of the program that it belongs to; 0: none */
    lua_Debug record; /* of the function that the line is in: "S"; alive as long as that is */
};

/* The edge's value is on top of L's stack. Is it an edge of the table of globals? */
void heap_step_describe(struct heap_step *step, struct heap_step_form form, const struct heap *heap,
                        lua_State *L, const struct heap_edge *edge, bool of_globals);

void heap_step_finish(struct heap_step *step);

#endif
