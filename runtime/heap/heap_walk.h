/* SPDX-License-Identifier: MIT */
/*
 * heap_walk: walks everything that is alive, breadth first from the roots, and notes how the
 * objects that are looked for are reached: who retains them.
 *
 * A million objects take about a second, 56 to 64 bytes each in the list of nodes (C's), and 16 in
 * the queue (Lua's) for those that wait there at the same time; with the graph of who refers to
 * whom 4 for each edge more. All of it is given back.
 */
#ifndef LUAHEAT_HEAP_HEAP_WALK_H
#define LUAHEAT_HEAP_HEAP_WALK_H

#include "array.h"
#include "heap_edges.h"
#include "heap_graph.h"
#include "heap_label.h"
#include "heap_nodes.h"
#include "heap_queue.h"
#include "pointer_map.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct layout;

/* How an object is reached: from which node, by which of its edges. */
struct heap_way {
    uint32_t parent, ordinal;
    struct heap_label label;
};

/* What is found out about an object that was reached. */
struct heap_look {
    bool wanted;      /* it is looked for */
    bool found;       /* it is, or a block is that is a part of it */
    uint64_t bytes;   /* of all its blocks */
    uint64_t of_them; /* of those looked for */
};

/* One that was found. */
struct heap_found {
    uint32_t node;
    uint64_t bytes; /* of its blocks those looked for */
};

/* A value of a table with weak keys, whose key has not been reached yet. */
struct heap_value_waiting {
    uint32_t next; /* that waits for the same key, from 1; 0: none */
    struct heap_way way;
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
    uint32_t number;     /* in the order in which they were found */
    struct heap_way way; /* to the first of them: from its own node, or that of the thread whose
                            variable it is */
    uint64_t count;      /* of those that it holds */
};

enum heap_walk_status { HEAP_WALK_DONE, HEAP_WALK_CANCELLED, HEAP_WALK_NO_MEMORY };

struct heap_walk {
    const struct heap *heap;
    struct collector_hold *collector;
    bool (*interrupted)(
        void *data); /* is the answer not wanted any more? Slow. NULL: it always is */
    void *interrupted_data;
    uint64_t *reached; /* where it is told from time to time how many nodes there are so far; 0 in
                          the end. NULL: nobody looks */
    lua_State *L;      /* to work in: a coroutine of the console, with 40 free slots */
    /* At the object on top of L's stack. */
    struct heap_look (*look)(const struct heap_walk *walk, const void *object);
    /* At the box of an upvalue; NULL: boxes are left out. */
    struct heap_look (*look_at_box)(const struct heap_walk *walk, const void *box);
    /* At each edge, once it is known where it leads: `edge` as heap_edges() told it, with the value
       on top of L's stack; NULL: to a box, or to what a weak table's key has kept. 0 or -ENOMEM.
       NULL: nobody wants to know. */
    int (*note)(const struct heap_walk *walk, uint32_t from, uint32_t to,
                const struct heap_edge *edge);
    const struct layout *layout; /* to find boxes by */
    bool keeps_graph;            /* in `graph` */
    const void *object; /* the only one looked for: then each object that refers to it retains it,
                           unless it was reached by way of it. NULL: there are several */
    void *data;         /* the caller's */
    enum heap_walk_status status;
    struct heap_nodes nodes;
    struct heap_graph graph;
    ARRAY(struct heap_found) found_all;
    ARRAY(struct heap_retainer) retainers; /* from 1 */
    uint64_t found;                        /* objects looked for that were reached */
    uint64_t unseen_frames;                /* of very deep stacks (heap_edges.h) */
    /* its own: */
    struct heap_queue queue;           /* nodes that are no leaves, not expanded yet */
    uint32_t expanding;                /* node */
    const struct heap_edge *following; /* from there; NULL: none that was told */
    uint32_t next;                     /* node to be expanded */
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

/* Of a walk for one object, whose addresses have been forgotten: each further way to it becomes a
   node without bytes, that is found as the object is by its first. 0 or -ENOMEM. */
int heap_walk_add_ways(struct heap_walk *walk);

/* Is the answer not wanted any more? Cheap enough to be asked at each edge. */
bool heap_walk_cancelled(struct heap_walk *walk);

/* Whether or not heap_walk came to its end. */
void heap_walk_finish(struct heap_walk *walk);

#endif
