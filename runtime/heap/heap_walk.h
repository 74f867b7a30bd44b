/* SPDX-License-Identifier: MIT */
/*
 * heap_walk: walks everything that is alive, breadth first from the roots, and notes how the
 * objects that are looked for are reached: who retains them.
 *
 * A million objects take about a second, 12 bytes each in the list of nodes, 32 to 64 in the map of
 * what has been seen (both C's), and 16 in the queue (Lua's) for those that wait there at the same
 * time; all of it is given back.
 */
#ifndef LUAHEAT_HEAP_HEAP_WALK_H
#define LUAHEAT_HEAP_HEAP_WALK_H

#include "array.h"
#include "heap_edges.h"
#include "heap_queue.h"
#include "pointer_map.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An object that was reached. Node 0 stands for the roots' root. */
struct heap_node {
    uint32_t parent;        /* node by which it was reached first ... */
    uint32_t ordinal;       /* ... and the edge */
    uint32_t retainer : 28; /* which it is itself, or 0; of one that is looked for: whose it is */
    uint32_t wanted : 1;    /* it is looked for */
    uint32_t inside : 1;    /* it was reached by way of the object looked for */
    uint32_t leaf : 1;
    uint32_t separate : 1; /* what it refers to are variables: each is a retainer of its own */
};

/* A value of a table with weak keys, whose key has not been reached yet. */
struct heap_value_waiting {
    uint32_t next; /* that waits for the same key, from 1; 0: none */
    uint32_t parent, ordinal;
};

/* What has a name is found by it: what is left is taken up only when nothing new is found any more.
 */
enum heap_round {
    HEAP_ROUND_NAMED,       /* from the globals and the running threads */
    HEAP_ROUND_HIDDEN,      /* from the registry, and the metatables of basic types */
    HEAP_ROUND_TEMPORARIES, /* from slots of frames that have no name */
};

/* An object, or a variable, that holds some of those looked for. One that was reached by way of
   another that is looked for counts as held by that one's retainer: a list as a whole has one. */
struct heap_retainer {
    uint32_t number;  /* in the order in which they were found */
    uint32_t node;    /* its own, or that of the thread whose variable it is */
    uint32_t ordinal; /* of its edge to the first of them */
    uint64_t count;   /* of those that it holds */
};

enum heap_walk_status { HEAP_WALK_DONE, HEAP_WALK_CANCELLED, HEAP_WALK_NO_MEMORY };

struct heap_walk {
    const struct heap *heap;
    struct collector_hold *collector;
    bool (*interrupted)(
        void *data); /* is the answer not wanted any more? Slow. NULL: it always is */
    void *interrupted_data;
    lua_State *L; /* to work in: a coroutine of the console, with 40 free slots */
    /* Is the object on top of L's stack looked for? */
    bool (*wants)(const struct heap_walk *walk, const void *object);
    const void *object; /* the only one looked for: then each object that refers to it retains it,
                           unless it was reached by way of it. NULL: there are several */
    void *data;         /* the caller's */
    enum heap_walk_status status;
    ARRAY(struct heap_node) nodes;
    ARRAY(struct heap_retainer) retainers; /* from 1 */
    uint64_t found;                        /* objects looked for that were reached */
    uint64_t unseen_frames;                /* of very deep stacks (heap_edges.h) */
    /* its own: */
    struct pointer_map seen; /* object -> node */
    struct heap_queue queue; /* nodes that are no leaves, not expanded yet */
    uint32_t expanding;      /* node */
    uint32_t next;           /* node to be expanded */
    enum heap_round round;
    struct heap_queue threads;  /* those expanded, whose unnamed slots are still to be looked at */
    struct pointer_map waiting; /* key of a weak table -> the first value that waits for it */
    ARRAY(struct heap_value_waiting) values;
    struct heap_queue waiting_values;
    unsigned edges; /* since the last look at whether the answer is still wanted */
};

/* Walks. What stands above `status` is set, all else zero. Raises Lua's error if Lua's memory is
   out. */
enum heap_walk_status heap_walk(struct heap_walk *walk);

/* Is the answer not wanted any more? Cheap enough to be asked at each edge. */
bool heap_walk_cancelled(struct heap_walk *walk);

/* Whether or not heap_walk came to its end. */
void heap_walk_finish(struct heap_walk *walk);

#endif
