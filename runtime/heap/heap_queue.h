/* SPDX-License-Identifier: MIT */
/*
 * heap_queue: a queue of Lua values for a walk over the heap, in pieces that are used again and
 * emptied at the end: the debugger's heap is then as small as before, without the collector. The
 * collector does not run while it grows, however much that is (collector.h).
 *
 * Raises Lua's error if memory is out: to be used in a coroutine of the console.
 */
#ifndef LUAHEAT_HEAP_HEAP_QUEUE_H
#define LUAHEAT_HEAP_HEAP_QUEUE_H

#include "collector.h"

#include <lua.h>
#include <stdint.h>

struct heap_queue {
    lua_State *L;
    struct collector_hold *hold;
    int pieces; /* the index of the table that holds them: pieces, and spare ones behind */
    uint32_t first, last; /* numbers of the first value and of the one behind the last */
    lua_Integer made;     /* pieces there are */
    lua_Integer begin;    /* number of the piece with the first value */
};

/* Pushes one value on L's stack, which has to stay there. */
void heap_queue_open(struct heap_queue *queue, lua_State *L, struct collector_hold *hold);

/* Appends the value on top of the stack, which stays there; its number, from 0. */
uint32_t heap_queue_add(struct heap_queue *queue);

/* Pushes a value that is in the queue. */
void heap_queue_push(const struct heap_queue *queue, uint32_t number);

/* Pushes the first value and takes it out. */
void heap_queue_take(struct heap_queue *queue);

/* Gives the memory back; the queue is not to be used any more. */
void heap_queue_close(struct heap_queue *queue);

#endif
