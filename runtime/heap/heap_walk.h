/* SPDX-License-Identifier: MIT */
/*
 * heap_walk: walks everything that is alive, breadth first from the roots, and notes how the
 * objects that are looked for are reached: who holds them.
 *
 * A million objects take about a second, 12 bytes each in the list of nodes, 32 to 64 in the map of
 * what has been seen (both C's), and 16 in the queue (Lua's) for those that wait there at the same
 * time; all of it is given back.
 */
#ifndef LUAHEAT_HEAP_HEAP_WALK_H
#define LUAHEAT_HEAP_HEAP_WALK_H

#include "heap_edges.h"
#include "heap_queue.h"
#include "pointer_map.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stop;

/* An object that was reached. Node 0 stands for the roots' root. */
struct heap_node {
    uint32_t parent;  /* node by which it was reached first ... */
    uint32_t ordinal; /* ... and the edge */
    uint32_t group : 28;
    uint32_t wanted : 1; /* it is looked for: `group` is whose it is; else `group` is that of what
                            it holds, 0 for none */
    uint32_t inside : 1; /* it was reached by way of the object looked for */
    uint32_t leaf : 1;
    uint32_t separate : 1; /* what it refers to are variables: each is a holder of its own */
};

/* What has a name is found by it: what is left is taken up only when nothing new is found any more.
 */
enum heap_round {
    HEAP_ROUND_NAMED,       /* from the globals and the running threads */
    HEAP_ROUND_HIDDEN,      /* from the registry, and the metatables of basic types */
    HEAP_ROUND_TEMPORARIES, /* from slots of frames that have no name */
};

/* Objects looked for that are held by the same object, or variable. One that was reached by way of
   another that is looked for is in that one's group: a list as a whole has one holder. */
struct heap_group {
    uint32_t number;  /* in the order in which they were reached */
    uint32_t holder;  /* node */
    uint32_t ordinal; /* of its edge to the first of them */
    uint64_t count;
};

enum heap_walk_status { HEAP_WALK_DONE, HEAP_WALK_CANCELLED, HEAP_WALK_NO_MEMORY };

struct heap_walk {
    struct stop *stop;
    lua_State *L;
    /* Is the object on top of L's stack looked for? */
    bool (*wants)(const struct heap_walk *walk, const void *object);
    const void *object; /* the only one looked for: then each object that refers to it holds it,
                           unless it was reached by way of it. NULL: there are several */
    void *data;         /* the caller's */
    enum heap_walk_status status;
    struct heap_node *nodes;
    size_t count, room;
    struct heap_group *groups; /* from 1 */
    size_t group_count, group_room;
    uint64_t found;         /* objects looked for that were reached */
    uint64_t unseen_frames; /* of very deep stacks (heap_edges.h) */
    /* its own: */
    struct pointer_map seen; /* object -> node */
    struct heap_queue queue; /* nodes that are no leaves, not expanded yet */
    uint32_t expanding;      /* node */
    uint32_t next;           /* node to be expanded */
    enum heap_round round;
    struct heap_queue threads;  /* those expanded, whose unnamed slots are still to be looked at */
    struct pointer_map waiting; /* key of a weak table -> the first value that waits for it */
    struct heap_value_waiting *values;
    size_t value_count, value_room;
    struct heap_queue waiting_values;
    unsigned edges; /* since the last look at whether the answer is still wanted */
};

/* Walks; `stop`, `L` (a coroutine of the console, with 40 free slots), `wants`, `object` and `data`
   are set, all else zero. Raises Lua's error if Lua's memory is out. */
enum heap_walk_status heap_walk(struct heap_walk *walk);

/* Is the answer not wanted any more? Cheap enough to be asked at each edge. */
bool heap_walk_cancelled(struct heap_walk *walk);

/* Whether or not heap_walk came to its end. */
void heap_walk_finish(struct heap_walk *walk);

#endif
