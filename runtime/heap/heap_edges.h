/* SPDX-License-Identifier: MIT */
/*
 * heap_edges: what refers to what. From a root, and from an object, to the objects that it keeps
 * alive, as Lua's collector goes; all access is raw.
 *
 * Not to be seen through the public API, and so left out: the constants of functions, and objects
 * that only wait for their finalizer. Of a stack of more than 5,100 frames the outermost 100 and
 * the innermost 5,000 are seen.
 */
#ifndef LUAHEAT_HEAP_HEAP_EDGES_H
#define LUAHEAT_HEAP_HEAP_EDGES_H

#include "coroutine.h"

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

/* The heap of a program that stands still. */
struct heap {
    struct coroutines coroutines;
    int height; /* of the running thread's stack: what lies above is the debugger's */
};

enum heap_edge_kind {
    /* roots */
    HEAP_GLOBALS,
    HEAP_RUNNING, /* a running thread */
    HEAP_REGISTRY,
    HEAP_TYPE_METATABLE, /* of the basic type n */
    /* of a table */
    HEAP_FIELD, /* the value at the key */
    HEAP_KEY,   /* the key itself */
    HEAP_METATABLE,
    /* of functions and userdata */
    HEAP_UPVALUE,    /* number n; its name may be "" */
    HEAP_USER_VALUE, /* number n */
    /* of threads */
    HEAP_LOCAL,
    HEAP_VARARG,    /* number n */
    HEAP_TEMPORARY, /* a slot of the frame without a name: it may be left over */
    HEAP_FUNCTION,  /* what the frame runs */
    HEAP_PREPARED,  /* in a coroutine that has not started: its function, its arguments */
};

enum heap_strength {
    HEAP_STRONG,
    HEAP_IF_KEY, /* a value of a table with weak keys: kept if the key is */
    HEAP_WEAK,
};

struct heap_edge {
    enum heap_edge_kind kind;
    enum heap_strength strength;
    uint32_t ordinal; /* among those of the same object; the same each time at one stop */
    int key;          /* of a field: the key's index on L's stack */
    int n;
    const char *name;  /* of locals, upvalues */
    lua_State *thread; /* of what is in a thread, and the frame's level */
    int level;
    const lua_Debug *function; /* what the frame runs: "S"; NULL: it is in no frame */
};

/* The object is on top of L's stack, which is to be left as it is. False ends the enumeration. */
typedef bool heap_edge_function(void *data, lua_State *L, const struct heap_edge *edge);

/* Both are to be called in a coroutine of the console, need 8 free slots of L, and return false if
   it was ended. */
bool heap_roots(const struct heap *heap, lua_State *L, heap_edge_function *function, void *data);
bool heap_edges(const struct heap *heap, lua_State *L, int index, heap_edge_function *function,
                void *data);

/* How many frames of the thread are left out. */
int heap_unseen_frames(lua_State *thread);

#endif
