/* SPDX-License-Identifier: MIT */
/*
 * Piece n of the values stands at index n - begin + 1 (the table is rotated when the first piece
 * has been used up, which then is the spare one behind the last).
 */
#include "heap_queue.h"

enum { PIECE = 4096 };

/* A slot of a table's array: a value and its tag. */
static const int64_t piece_bytes = (int64_t)PIECE * 2 * (int64_t)sizeof(lua_Integer);

void heap_queue_open(struct heap_queue *queue, lua_State *L, struct collector_hold *hold) {
    *queue = (struct heap_queue){.L = L, .hold = hold};
    lua_newtable(L);
    queue->pieces = lua_gettop(L);
}

static lua_Integer place_of(const struct heap_queue *queue, uint32_t number) {
    return number / PIECE - queue->begin + 1;
}

static void make_piece(struct heap_queue *queue) {
    collector_expect(queue->hold, queue->L, piece_bytes);
    lua_createtable(queue->L, PIECE, 0);
    lua_rawseti(queue->L, queue->pieces, ++queue->made);
}

uint32_t heap_queue_add(struct heap_queue *queue) {
    lua_State *L = queue->L;
    lua_Integer place = place_of(queue, queue->last);
    if (place > queue->made)
        make_piece(queue);
    lua_rawgeti(L, queue->pieces, place);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, queue->last % PIECE + 1);
    lua_pop(L, 1);
    return queue->last++;
}

void heap_queue_push(const struct heap_queue *queue, uint32_t number) {
    lua_rawgeti(queue->L, queue->pieces, place_of(queue, number));
    lua_rawgeti(queue->L, -1, number % PIECE + 1);
    lua_remove(queue->L, -2);
}

/* The first piece has been used up and goes behind the others. */
static void rotate(struct heap_queue *queue) {
    lua_State *L = queue->L;
    lua_rawgeti(L, queue->pieces, 1);
    for (lua_Integer i = 1; i < queue->made; i++) {
        lua_rawgeti(L, queue->pieces, i + 1);
        lua_rawseti(L, queue->pieces, i);
    }
    lua_rawseti(L, queue->pieces, queue->made);
    queue->begin++;
}

void heap_queue_take(struct heap_queue *queue) {
    heap_queue_push(queue, queue->first);
    queue->first++;
    if (queue->first % PIECE == 0)
        rotate(queue);
}

/* A table whose array holds nothing gives it up when it has to make room for another key. */
static void empty(struct heap_queue *queue, lua_Integer place) {
    lua_State *L = queue->L;
    lua_rawgeti(L, queue->pieces, place);
    for (int i = 1; i <= PIECE; i++) {
        lua_pushnil(L);
        lua_rawseti(L, -2, i);
    }
    lua_pushboolean(L, 1);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    collector_expect(queue->hold, L, -piece_bytes);
}

void heap_queue_close(struct heap_queue *queue) {
    for (lua_Integer place = 1; place <= queue->made; place++)
        empty(queue, place);
}
