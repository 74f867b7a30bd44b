/* SPDX-License-Identifier: MIT */
#include "heap_walk.h"

#include "heap_object.h"
#include "layout.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

enum { LOOK_EDGES = 4096 };

bool heap_walk_cancelled(struct heap_walk *walk) {
    if (++walk->edges < LOOK_EDGES)
        return walk->status == HEAP_WALK_CANCELLED;
    walk->edges = 0;
    if (walk->reached != NULL)
        *walk->reached = walk->nodes.list.count;
    if (walk->interrupted != NULL && walk->interrupted(walk->interrupted_data))
        walk->status = HEAP_WALK_CANCELLED;
    return walk->status == HEAP_WALK_CANCELLED;
}

/* ---- who retains what is looked for ---- */

static struct heap_node *node_at(struct heap_walk *walk, uint32_t number) {
    return &walk->nodes.list.items[number];
}

/* The retainer of what is reached this way; 0 if memory is out. */
static uint32_t retainer_of(struct heap_walk *walk, const struct heap_way *way) {
    struct heap_node *node = node_at(walk, way->parent);
    if (node->retainer != 0 && !node->separate)
        return node->retainer;
    if (walk->retainers.count == 0 && array_add(&walk->retainers) == NULL)
        return 0;
    struct heap_retainer *added = array_add(&walk->retainers);
    if (added == NULL)
        return 0;
    uint32_t number = (uint32_t)(walk->retainers.count - 1);
    *added = (struct heap_retainer){.number = number, .way = *way};
    node->retainer = number;
    return number;
}

static int count_retained(struct heap_walk *walk, const struct heap_way *way, uint32_t *retainer) {
    *retainer = retainer_of(walk, way);
    if (*retainer == 0)
        return -ENOMEM;
    walk->retainers.items[*retainer].count++;
    return 0;
}

/* Another edge to an object that has been reached already. */
static int note_again(struct heap_walk *walk, const void *object, const struct heap_way *way) {
    uint32_t retainer;
    const struct heap_node *from = node_at(walk, way->parent);
    if (object != walk->object || from->wanted || from->inside)
        return 0;
    return count_retained(walk, way, &retainer);
}

static int note_found(struct heap_walk *walk, uint32_t node, uint64_t bytes) {
    struct heap_found *found = array_add(&walk->found_all);
    if (found == NULL)
        return -ENOMEM;
    *found = (struct heap_found){node, bytes};
    node_at(walk, node)->found = true;
    return 0;
}

/* ---- reaching ---- */

static struct heap_node node_of(const struct heap_way *way) {
    return (struct heap_node){.parent = way->parent,
                              .ordinal = way->ordinal,
                              .name = way->label.name,
                              .kind = way->label.kind,
                              .is_numbered = way->label.is_numbered};
}

/* The last node is new. */
static int add_node(struct heap_walk *walk, const void *object, const struct heap_node *node,
                    const struct heap_look *look) {
    uint32_t number = (uint32_t)walk->nodes.list.count;
    if (heap_nodes_add(&walk->nodes, object, *node) != 0)
        return -ENOMEM;
    return look->found ? note_found(walk, number, look->of_them) : 0;
}

/* The object is on top of the stack. */
static int reach_first(struct heap_walk *walk, const void *object, const struct heap_way *way) {
    int type = lua_type(walk->L, -1);
    const struct heap_look look = walk->look(walk, object);
    const struct heap_node *from = node_at(walk, way->parent);
    struct heap_node node = node_of(way);
    node.bytes = look.bytes;
    node.wanted = look.wanted;
    node.inside = from->inside || from->wanted;
    node.leaf = type == LUA_TSTRING;
    node.separate = type == LUA_TTHREAD;
    node.table = type == LUA_TTABLE;
    uint32_t retainer = 0;
    if (node.wanted && count_retained(walk, way, &retainer) != 0)
        return -ENOMEM;
    node.retainer = retainer;
    walk->found += node.wanted;
    if (add_node(walk, object, &node, &look) != 0)
        return -ENOMEM;
    if (!node.leaf)
        heap_queue_add(&walk->queue);
    return 0;
}

static int note_edge(struct heap_walk *walk, uint32_t from, uint32_t to) {
    int error = walk->note != NULL ? walk->note(walk, from, to, walk->following) : 0;
    if (error == 0 && walk->keeps_graph)
        error = heap_graph_add(&walk->graph, from, to);
    return error;
}

static int reach(struct heap_walk *walk, const struct heap_way *way) {
    const void *object = heap_object(walk->L, -1);
    uint32_t node = heap_nodes_find(&walk->nodes, object);
    int error = node != 0 ? note_again(walk, object, way) : reach_first(walk, object, way);
    if (node == 0)
        node = (uint32_t)(walk->nodes.list.count - 1);
    return error == 0 ? note_edge(walk, way->parent, node) : error;
}

/* ---- the boxes of upvalues ---- */

/* A function of which only a box is looked for is found for its sake. */
static int reach_box(struct heap_walk *walk, const void *box, uint32_t function) {
    const struct heap_look look = walk->look_at_box(walk, box);
    struct heap_node node = {
        .parent = function, .bytes = look.bytes, .kind = HEAP_UPVALUE, .leaf = 1, .part = 1};
    if (look.found && !node_at(walk, function)->found && note_found(walk, function, 0) != 0)
        return -ENOMEM;
    return add_node(walk, box, &node, &look);
}

/* Those of the function on top of the stack, which is expanded. */
static int reach_boxes(struct heap_walk *walk) {
    int status = 0, index = lua_gettop(walk->L);
    for (int n = 1; status == 0 && lua_getupvalue(walk->L, index, n) != NULL; n++) {
        lua_pop(walk->L, 1);
        const void *box = layout_of_upvalue(walk->layout, walk->L, index, n).address;
        if (box == NULL)
            continue;
        uint32_t node = heap_nodes_find(&walk->nodes, box);
        if (node == 0)
            status = reach_box(walk, box, walk->expanding);
        if (node == 0)
            node = (uint32_t)(walk->nodes.list.count - 1);
        if (status == 0)
            status = note_edge(walk, walk->expanding, node);
    }
    return status;
}

/* ---- values of weak tables, whose keys may be reached later ---- */

/* Pointer maps hold numbers, which are not 0. */
static uint32_t get_number(const struct pointer_map *map, const void *key) {
    return (uint32_t)(uintptr_t)pointer_map_get(map, key);
}

static int put_number(struct pointer_map *map, const void *key, size_t number) {
    return pointer_map_put(map, key, (void *)(uintptr_t)number);
}

static int wait_for(struct heap_walk *walk, const void *key, const struct heap_way *way) {
    struct heap_value_waiting *value = array_add(&walk->values);
    if (value == NULL)
        return -ENOMEM;
    *value = (struct heap_value_waiting){.next = get_number(&walk->waiting, key), .way = *way};
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
        status = reach(walk, &value.way);
        lua_pop(walk->L, 1);
        number = value.next;
    }
    return status;
}

/* ---- the walk ---- */

static int follow(struct heap_walk *walk, const struct heap_edge *edge) {
    if (edge->strength == HEAP_WEAK)
        return 0;
    const struct heap_way way = {walk->expanding, edge->ordinal, heap_label_of(walk->L, edge)};
    if (edge->strength == HEAP_IF_KEY) {
        const void *key = heap_object(walk->L, edge->key);
        if (heap_nodes_find(&walk->nodes, key) == 0)
            return wait_for(walk, key, &way);
    }
    return reach(walk, &way);
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
    walk->following = edge;
    if (follow(walk, edge) != 0)
        walk->status = HEAP_WALK_NO_MEMORY;
    walk->following = NULL;
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
    if (end_waiting(walk, heap_object(L, -1)) != 0 ||
        (walk->look_at_box != NULL && lua_isfunction(L, -1) && reach_boxes(walk) != 0))
        walk->status = HEAP_WALK_NO_MEMORY;
    bool goes_on =
        walk->status == HEAP_WALK_DONE && heap_edges(walk->heap, L, lua_gettop(L), on_edge, walk);
    lua_pop(L, 1);
    return goes_on;
}

static bool expand_all(struct heap_walk *walk) {
    walk->round = HEAP_ROUND_NAMED;
    for (; walk->next < walk->nodes.list.count; walk->next++) {
        walk->expanding = walk->next;
        if (walk->keeps_graph && heap_graph_begin(&walk->graph) != 0)
            walk->status = HEAP_WALK_NO_MEMORY;
        if (!node_at(walk, walk->next)->leaf && !expand(walk))
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
    for (uint32_t node = 1; node < walk->nodes.list.count; node++) {
        if (!node_at(walk, node)->separate)
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
    if (heap_nodes_add(&walk->nodes, NULL, (struct heap_node){.separate = 1}) != 0 ||
        (walk->keeps_graph && heap_graph_begin(&walk->graph) != 0))
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

static int add_way(struct heap_walk *walk, const struct heap_way *way) {
    uint32_t number = (uint32_t)walk->nodes.list.count;
    struct heap_node *node = array_add(&walk->nodes.list);
    if (node == NULL)
        return -ENOMEM;
    *node = node_of(way);
    node->leaf = true;
    int error = walk->keeps_graph ? heap_graph_begin(&walk->graph) : 0;
    return error == 0 ? note_found(walk, number, 0) : error;
}

int heap_walk_add_ways(struct heap_walk *walk) {
    int error = 0;
    for (size_t i = 1; error == 0 && i < walk->retainers.count; i++)
        if (walk->retainers.items[i].number > 1)
            error = add_way(walk, &walk->retainers.items[i].way);
    return error;
}

void heap_walk_finish(struct heap_walk *walk) {
    if (walk->reached != NULL)
        *walk->reached = 0;
    heap_graph_finish(&walk->graph);
    pointer_map_finish(&walk->waiting);
    free(walk->values.items);
    free(walk->retainers.items);
    free(walk->found_all.items);
    heap_nodes_finish(&walk->nodes);
}
