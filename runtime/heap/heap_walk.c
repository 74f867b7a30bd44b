/* SPDX-License-Identifier: MIT */
#include "heap_walk.h"

#include "heap_object.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

enum { LOOK_EDGES = 4096, MOST_NODES = (1 << 28) - 1 };

bool heap_walk_cancelled(struct heap_walk *walk) {
    if (++walk->edges < LOOK_EDGES)
        return walk->status == HEAP_WALK_CANCELLED;
    walk->edges = 0;
    if (walk->interrupted != NULL && walk->interrupted(walk->interrupted_data))
        walk->status = HEAP_WALK_CANCELLED;
    return walk->status == HEAP_WALK_CANCELLED;
}

/* Pointer maps hold numbers, which are not 0. */
static uint32_t get_number(const struct pointer_map *map, const void *key) {
    return (uint32_t)(uintptr_t)pointer_map_get(map, key);
}

static int put_number(struct pointer_map *map, const void *key, size_t number) {
    return pointer_map_put(map, key, (void *)(uintptr_t)number);
}

/* ---- who retains what is looked for ---- */

/* The retainer of what the parent holds by this edge; 0 if memory is out. */
static uint32_t retainer_of(struct heap_walk *walk, uint32_t parent, uint32_t ordinal) {
    struct heap_node *node = &walk->nodes.items[parent];
    if (node->retainer != 0 && !node->separate)
        return node->retainer;
    if (walk->retainers.count == 0 && array_add(&walk->retainers) == NULL)
        return 0;
    struct heap_retainer *added = array_add(&walk->retainers);
    if (added == NULL)
        return 0;
    uint32_t number = (uint32_t)(walk->retainers.count - 1);
    *added = (struct heap_retainer){.number = number, .node = parent, .ordinal = ordinal};
    node->retainer = number;
    return number;
}

static int count_retained(struct heap_walk *walk, uint32_t parent, uint32_t ordinal,
                          uint32_t *retainer) {
    *retainer = retainer_of(walk, parent, ordinal);
    if (*retainer == 0)
        return -ENOMEM;
    walk->retainers.items[*retainer].count++;
    return 0;
}

/* Another edge to an object that has been reached already. */
static int note_again(struct heap_walk *walk, const void *object, uint32_t parent,
                      uint32_t ordinal) {
    uint32_t retainer;
    const struct heap_node *from = &walk->nodes.items[parent];
    if (object != walk->object || from->wanted || from->inside)
        return 0;
    return count_retained(walk, parent, ordinal, &retainer);
}

/* ---- reaching ---- */

static int add_node(struct heap_walk *walk, struct heap_node node) {
    struct heap_node *added = walk->nodes.count < MOST_NODES ? array_add(&walk->nodes) : NULL;
    if (added == NULL)
        return -ENOMEM;
    *added = node;
    return 0;
}

/* The object is on top of the stack. */
static int reach_first(struct heap_walk *walk, const void *object, uint32_t parent,
                       uint32_t ordinal) {
    int type = lua_type(walk->L, -1);
    const struct heap_node *from = &walk->nodes.items[parent];
    struct heap_node node = {.parent = parent,
                             .ordinal = ordinal,
                             .wanted = walk->wants(walk, object),
                             .inside = from->inside || from->wanted,
                             .leaf = type == LUA_TSTRING,
                             .separate = type == LUA_TTHREAD};
    uint32_t retainer = 0;
    if (node.wanted && count_retained(walk, parent, ordinal, &retainer) != 0)
        return -ENOMEM;
    node.retainer = retainer;
    walk->found += node.wanted;
    if (put_number(&walk->seen, object, walk->nodes.count) != 0 || add_node(walk, node) != 0)
        return -ENOMEM;
    if (!node.leaf)
        heap_queue_add(&walk->queue);
    return 0;
}

static int reach(struct heap_walk *walk, uint32_t parent, uint32_t ordinal) {
    const void *object = heap_object(walk->L, -1);
    return get_number(&walk->seen, object) != 0 ? note_again(walk, object, parent, ordinal)
                                                : reach_first(walk, object, parent, ordinal);
}

/* ---- values of weak tables, whose keys may be reached later ---- */

static int wait_for(struct heap_walk *walk, const void *key, uint32_t ordinal) {
    struct heap_value_waiting *value = array_add(&walk->values);
    if (value == NULL)
        return -ENOMEM;
    *value = (struct heap_value_waiting){
        .next = get_number(&walk->waiting, key), .parent = walk->expanding, .ordinal = ordinal};
    uint32_t number = heap_queue_add(&walk->waiting_values);
    assert(number == walk->values.count - 1);
    (void)number;
    return put_number(&walk->waiting, key, walk->values.count);
}

/* The key is about to be expanded: what has waited for it is reached. */
static int end_waiting(struct heap_walk *walk, const void *key) {
    uint32_t number = (uint32_t)(uintptr_t)pointer_map_take(&walk->waiting, key);
    int status = 0;
    while (number != 0 && status == 0) {
        const struct heap_value_waiting value = walk->values.items[number - 1];
        heap_queue_push(&walk->waiting_values, number - 1);
        status = reach(walk, value.parent, value.ordinal);
        lua_pop(walk->L, 1);
        number = value.next;
    }
    return status;
}

/* ---- the walk ---- */

static int follow(struct heap_walk *walk, const struct heap_edge *edge) {
    if (edge->strength == HEAP_WEAK)
        return 0;
    if (edge->strength == HEAP_IF_KEY) {
        const void *key = heap_object(walk->L, edge->key);
        if (get_number(&walk->seen, key) == 0)
            return wait_for(walk, key, edge->ordinal);
    }
    return reach(walk, walk->expanding, edge->ordinal);
}

static enum heap_round round_of(enum heap_edge_kind kind) {
    if (kind == HEAP_REGISTRY || kind == HEAP_TYPE_METATABLE)
        return HEAP_ROUND_HIDDEN;
    return kind == HEAP_TEMPORARY ? HEAP_ROUND_TEMPORARIES : HEAP_ROUND_NAMED;
}

static bool on_edge(void *data, lua_State *L, const struct heap_edge *edge) {
    struct heap_walk *walk = data;
    if (heap_walk_cancelled(walk))
        return false;
    if (round_of(edge->kind) != walk->round)
        return true;
    if (follow(walk, edge) != 0)
        walk->status = HEAP_WALK_NO_MEMORY;
    return walk->status == HEAP_WALK_DONE;
}

/* The first of the queue. */
static bool expand(struct heap_walk *walk) {
    lua_State *L = walk->L;
    heap_queue_take(&walk->queue);
    if (lua_isthread(L, -1)) {
        heap_queue_add(&walk->threads);
        walk->unseen_frames += (uint64_t)heap_unseen_frames(lua_tothread(L, -1));
    }
    if (end_waiting(walk, heap_object(L, -1)) != 0)
        walk->status = HEAP_WALK_NO_MEMORY;
    bool goes_on =
        walk->status == HEAP_WALK_DONE && heap_edges(walk->heap, L, lua_gettop(L), on_edge, walk);
    lua_pop(L, 1);
    return goes_on;
}

static bool expand_all(struct heap_walk *walk) {
    walk->round = HEAP_ROUND_NAMED;
    for (; walk->next < walk->nodes.count; walk->next++) {
        walk->expanding = walk->next;
        if (!walk->nodes.items[walk->next].leaf && !expand(walk))
            return false;
    }
    return true;
}

static bool walk_roots(struct heap_walk *walk, enum heap_round round) {
    walk->round = round;
    walk->expanding = 0;
    return heap_roots(walk->heap, walk->L, on_edge, walk) && expand_all(walk);
}

static bool walk_temporaries(struct heap_walk *walk) {
    uint32_t number = 0;
    for (uint32_t node = 1; node < walk->nodes.count; node++) {
        if (!walk->nodes.items[node].separate)
            continue;
        walk->round = HEAP_ROUND_TEMPORARIES;
        walk->expanding = node;
        heap_queue_push(&walk->threads, number++);
        bool goes_on = heap_edges(walk->heap, walk->L, lua_gettop(walk->L), on_edge, walk);
        lua_pop(walk->L, 1);
        if (!goes_on || !expand_all(walk))
            return false;
    }
    return true;
}

static bool begin(struct heap_walk *walk) {
    if (add_node(walk, (struct heap_node){.separate = 1}) != 0)
        walk->status = HEAP_WALK_NO_MEMORY;
    walk->next = 1;
    return walk->status == HEAP_WALK_DONE;
}

enum heap_walk_status heap_walk(struct heap_walk *walk) {
    struct heap_queue *const queues[] = {&walk->queue, &walk->threads, &walk->waiting_values};
    for (int i = 0; i < 3; i++)
        heap_queue_open(queues[i], walk->L, walk->collector);
    if (begin(walk) && walk_roots(walk, HEAP_ROUND_NAMED) && walk_roots(walk, HEAP_ROUND_HIDDEN))
        walk_temporaries(walk);
    for (int i = 0; i < 3; i++)
        heap_queue_close(queues[i]);
    return walk->status;
}

void heap_walk_finish(struct heap_walk *walk) {
    pointer_map_finish(&walk->seen);
    pointer_map_finish(&walk->waiting);
    free(walk->values.items);
    free(walk->retainers.items);
    free(walk->nodes.items);
}
