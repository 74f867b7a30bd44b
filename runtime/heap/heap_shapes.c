/* SPDX-License-Identifier: MIT */
#include "heap_shapes.h"

#include "heap_edges.h"
#include "heap_walk.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

enum {
    MAP_NAMES = 8,
    HEAVY = 8,         /* what is an eighth or more */
    MOST_NAMES = 1000, /* of those that come later at one place not even the heavy are told */
    LOOK_BACK = 16,
    FIRST_ROOM = 64,
};

static struct heap_shape *at(struct heap_shapes *shapes, uint32_t shape) {
    return &shapes->list.items[shape];
}

/* ---- which one it has become ---- */

static uint32_t find(struct heap_shapes *shapes, uint32_t shape) {
    while (at(shapes, shape)->merged != 0) {
        uint32_t into = at(shapes, shape)->merged;
        if (at(shapes, into)->merged != 0)
            at(shapes, shape)->merged = at(shapes, into)->merged;
        shape = into;
    }
    return shape;
}

const struct heap_shape *heap_shapes_of(struct heap_shapes *shapes, uint32_t node) {
    return at(shapes, find(shapes, shapes->of[node]));
}

const struct heap_shape *heap_shapes_parent(struct heap_shapes *shapes,
                                            const struct heap_shape *shape) {
    return at(shapes, find(shapes, shape->parent));
}

/* ---- by parent and label ---- */

static size_t home(const struct heap_shapes *shapes, uint32_t parent,
                   const struct heap_label *label) {
    uint64_t mixed =
        parent * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)label->kind * 2 + label->is_numbered;
    if (!label->is_numbered)
        mixed ^= label->name;
    mixed *= UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(mixed >> 32) & (shapes->room - 1);
}

/* The slot of the shape, or the free one where it would go. */
static uint32_t *slot_of(struct heap_shapes *shapes, uint32_t parent,
                         const struct heap_label *label) {
    size_t i = home(shapes, parent, label);
    for (; shapes->slots[i] != 0; i = (i + 1) & (shapes->room - 1)) {
        const struct heap_shape *shape = at(shapes, shapes->slots[i]);
        if (shape->parent == parent && shape->merged == 0 && heap_label_same(&shape->label, label))
            break;
    }
    return &shapes->slots[i];
}

static int grow(struct heap_shapes *shapes) {
    size_t room = shapes->room > 0 ? shapes->room * 2 : FIRST_ROOM;
    uint32_t *slots = calloc(room, sizeof *slots);
    if (slots == NULL)
        return -ENOMEM;
    free(shapes->slots);
    shapes->slots = slots;
    shapes->room = room;
    for (uint32_t i = 1; i < shapes->list.count; i++)
        if (at(shapes, i)->merged == 0)
            *slot_of(shapes, at(shapes, i)->parent, &at(shapes, i)->label) = i;
    return 0;
}

static bool is_name_of_field(const struct heap_label *label) {
    return label->kind == HEAP_FIELD && !label->is_numbered;
}

static void link_child(struct heap_shapes *shapes, uint32_t parent, uint32_t child) {
    at(shapes, child)->parent = parent;
    at(shapes, child)->sibling = at(shapes, parent)->child;
    at(shapes, parent)->child = child;
}

/* 0: memory is out. */
static uint32_t add(struct heap_shapes *shapes, uint32_t parent, struct heap_label label) {
    if ((shapes->list.count + 1) * 2 > shapes->room && grow(shapes) != 0)
        return 0;
    uint32_t *slot = slot_of(shapes, parent, &label);
    if (*slot == 0 && is_name_of_field(&label) && at(shapes, parent)->names++ >= MOST_NAMES) {
        label.is_numbered = true;
        slot = slot_of(shapes, parent, &label);
    }
    if (*slot != 0)
        return *slot;
    struct heap_shape *shape = array_add(&shapes->list);
    if (shape == NULL)
        return 0;
    uint32_t number = (uint32_t)(shapes->list.count - 1);
    *shape = (struct heap_shape){.label = label};
    link_child(shapes, parent, number);
    *slot = number;
    return number;
}

/* ---- the tree ---- */

/* An index that comes for the third time in a row. */
static bool is_run(struct heap_shapes *shapes, uint32_t from, const struct heap_label *label) {
    const struct heap_shape *last = at(shapes, from);
    return label->is_numbered && from != 0 && heap_label_same(&last->label, label) &&
           last->parent != 0 && heap_label_same(&at(shapes, last->parent)->label, label);
}

/* The shape that the name leads back to; 0: there is none. */
static uint32_t come_back(struct heap_shapes *shapes, uint32_t from,
                          const struct heap_label *label) {
    uint32_t last = 0;
    bool fields = is_name_of_field(label);
    for (int i = 0; i < LOOK_BACK && from != 0; i++, from = at(shapes, from)->parent) {
        const struct heap_shape *shape = at(shapes, from);
        fields = fields && is_name_of_field(&shape->label);
        if (!heap_label_same(&shape->label, label))
            continue;
        if (fields || last != 0)
            return last != 0 ? last : from;
        last = from;
    }
    return 0;
}

/* The shape to go back to; 0: there is none. */
static uint32_t repeated_by(struct heap_shapes *shapes, uint32_t from,
                            const struct heap_label *label) {
    if (label->is_numbered || label->kind == HEAP_KEY)
        return is_run(shapes, from, label) ? from : 0;
    return come_back(shapes, from, label);
}

static struct heap_label label_of(const struct heap_node *node) {
    return (struct heap_label){node->name, node->kind, node->is_numbered};
}

/* The shape of what is reached from there by the node's edge. 0: memory is out. */
static uint32_t go_on(struct heap_shapes *shapes, uint32_t from, const struct heap_node *node) {
    const struct heap_label label = label_of(node);
    uint32_t back = repeated_by(shapes, from, &label);
    uint32_t shape = back != 0 ? back : add(shapes, from, label);
    if (shape == 0)
        return 0;
    at(shapes, shape)->repeated |= back != 0;
    at(shapes, shape)->several |= at(shapes, shape)->label.name != label.name;
    at(shapes, shape)->nodes++;
    return shape;
}

/* Those on the way to what was found. */
static void mark_paths(struct heap_shapes *shapes, const struct heap_walk *walk) {
    for (size_t i = 0; i < walk->found_all.count; i++) {
        uint32_t node = walk->found_all.items[i].node;
        for (; node != 0 && shapes->of[node] == 0; node = walk->nodes.list.items[node].parent)
            shapes->of[node] = UINT32_MAX;
    }
}

/* Each has a larger number than its parent. */
static int make_tree(struct heap_shapes *shapes, struct heap_walk *walk) {
    const struct heap_node *nodes = walk->nodes.list.items;
    for (uint32_t i = 1; i < walk->nodes.list.count; i++) {
        if (heap_walk_cancelled(walk))
            return -ECANCELED;
        if (shapes->of[i] == 0)
            continue;
        uint32_t from = shapes->of[nodes[i].parent];
        shapes->of[i] = nodes[i].part ? from : go_on(shapes, from, &nodes[i]);
        if (shapes->of[i] == 0)
            return -ENOMEM;
    }
    return 0;
}

/* ---- what was found ---- */

static uint32_t head_of(const struct heap_shapes *shapes, const struct heap_node *nodes,
                        uint32_t node) {
    const struct heap_node *parent = &nodes[nodes[node].parent];
    bool goes_along =
        nodes[node].part || (nodes[node].wanted && parent->wanted && !parent->separate);
    return goes_along ? shapes->heads[nodes[node].parent] : node;
}

/* A part may have been found before what it is a part of. */
static void find_heads(struct heap_shapes *shapes, const struct heap_walk *walk) {
    const struct heap_node *nodes = walk->nodes.list.items;
    for (uint32_t i = 1; i < walk->nodes.list.count; i++)
        if (nodes[i].found)
            shapes->heads[i] = head_of(shapes, nodes, i);
}

static void count_found(struct heap_shapes *shapes, const struct heap_walk *walk) {
    for (size_t i = 0; i < walk->found_all.count; i++) {
        const struct heap_found *found = &walk->found_all.items[i];
        uint32_t head = shapes->heads[found->node];
        struct heap_shape *shape = at(shapes, shapes->of[head]);
        bool is_part = walk->nodes.list.items[found->node].part;
        shape->count += !is_part;
        shape->bytes += found->bytes;
        shape->paths += head == found->node && !is_part;
        if (shape->sample == 0 || head < shape->sample)
            shape->sample = head;
    }
}

/* ---- maps ---- */

static void take_figures(struct heap_shape *into, const struct heap_shape *from) {
    into->nodes += from->nodes;
    into->beyond += from->beyond;
    into->count += from->count;
    into->paths += from->paths;
    into->bytes += from->bytes;
    into->several |= from->several || from->label.name != into->label.name;
    into->repeated |= from->repeated;
    if (into->sample == 0 || (from->sample != 0 && from->sample < into->sample))
        into->sample = from->sample;
}

struct pair {
    uint32_t from, into;
};

/* What is still to be merged; where names are still to be looked at. */
struct merging {
    ARRAY(struct pair) pairs;
    ARRAY(uint32_t) places;
};

static int merge_later(struct merging *merging, uint32_t from, uint32_t into) {
    struct pair *pair = array_add(&merging->pairs);
    if (pair == NULL)
        return -ENOMEM;
    *pair = (struct pair){from, into};
    return 0;
}

/* The child becomes the other parent's, or the same as one that goes on from there as it does.
   Slots of what is merged lead nowhere any more. */
static int move_child(struct heap_shapes *shapes, struct merging *merging, uint32_t child,
                      uint32_t to) {
    if ((shapes->list.count + 1) * 2 > shapes->room && grow(shapes) != 0)
        return -ENOMEM;
    uint32_t *slot = slot_of(shapes, to, &at(shapes, child)->label);
    if (*slot != 0)
        return merge_later(merging, child, *slot);
    link_child(shapes, to, child);
    *slot = child;
    return 0;
}

static int merge_one(struct heap_shapes *shapes, struct merging *merging, struct pair pair) {
    int error = 0;
    take_figures(at(shapes, pair.into), at(shapes, pair.from));
    at(shapes, pair.from)->merged = pair.into;
    uint32_t child = at(shapes, pair.from)->child;
    while (child != 0 && error == 0) {
        uint32_t sibling = at(shapes, child)->sibling;
        error = move_child(shapes, merging, child, pair.into);
        child = sibling;
    }
    return error;
}

static int merge(struct heap_shapes *shapes, struct merging *merging) {
    int error = 0;
    while (error == 0 && merging->pairs.count > 0)
        error = merge_one(shapes, merging, merging->pairs.items[--merging->pairs.count]);
    return error;
}

/* A name that might as well be a key of a map's. */
static bool is_light(struct heap_shapes *shapes, const struct heap_shape *place, uint32_t child) {
    const struct heap_shape *shape = at(shapes, child);
    bool of_records = place->nodes > 1 && shape->nodes * 2 >= place->nodes;
    return is_name_of_field(&shape->label) && !of_records && shape->beyond * HEAVY < place->beyond;
}

static size_t count_light(struct heap_shapes *shapes, uint32_t place) {
    size_t count = 0;
    for (uint32_t child = at(shapes, place)->child; child != 0; child = at(shapes, child)->sibling)
        count += is_light(shapes, at(shapes, place), child);
    return count;
}

/* They become one step, with the indices that there are. */
static int merge_light(struct heap_shapes *shapes, struct merging *merging, uint32_t place) {
    int error = 0;
    if (count_light(shapes, place) <= MAP_NAMES)
        return 0;
    uint32_t into =
        add(shapes, place, (struct heap_label){.kind = HEAP_FIELD, .is_numbered = true});
    if (into == 0)
        return -ENOMEM;
    at(shapes, into)->several = true;
    uint32_t *next = &at(shapes, place)->child;
    while (error == 0 && *next != 0) {
        uint32_t child = *next;
        if (is_light(shapes, at(shapes, place), child)) {
            *next = at(shapes, child)->sibling;
            error = merge_later(merging, child, into);
        } else {
            next = &at(shapes, child)->sibling;
        }
    }
    return error == 0 ? merge(shapes, merging) : error;
}

static int look_later(struct merging *merging, uint32_t place) {
    uint32_t *added = array_add(&merging->places);
    if (added == NULL)
        return -ENOMEM;
    *added = place;
    return 0;
}

/* From the root on: what is merged is looked at when it is whole. */
static int merge_maps(struct heap_shapes *shapes, struct merging *merging) {
    int error = look_later(merging, 0);
    while (error == 0 && merging->places.count > 0) {
        uint32_t place = merging->places.items[--merging->places.count];
        error = merge_light(shapes, merging, place);
        uint32_t child = at(shapes, place)->child;
        for (; error == 0 && child != 0; child = at(shapes, child)->sibling)
            error = look_later(merging, child);
    }
    return error;
}

static int find_maps(struct heap_shapes *shapes) {
    struct merging merging = {0};
    for (uint32_t i = 0; i < shapes->list.count; i++)
        at(shapes, i)->beyond = at(shapes, i)->count;
    for (size_t i = shapes->list.count; i-- > 1;)
        at(shapes, at(shapes, (uint32_t)i)->parent)->beyond += at(shapes, (uint32_t)i)->beyond;
    int error = merge_maps(shapes, &merging);
    free(merging.pairs.items);
    free(merging.places.items);
    return error;
}

/* ---- the order ---- */

/* Most bytes first, then most objects; of as many, the one found first. */
static int by_bytes(const void *a, const void *b) {
    const struct heap_shape *one = *(struct heap_shape *const *)a;
    const struct heap_shape *other = *(struct heap_shape *const *)b;
    if (one->bytes != other->bytes)
        return one->bytes < other->bytes ? 1 : -1;
    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return (one->sample > other->sample) - (one->sample < other->sample);
}

static int list_found(struct heap_shapes *shapes) {
    shapes->found = calloc(shapes->list.count + 1, sizeof *shapes->found);
    if (shapes->found == NULL)
        return -ENOMEM;
    for (uint32_t i = 1; i < shapes->list.count; i++)
        if (at(shapes, i)->merged == 0 && at(shapes, i)->sample != 0)
            shapes->found[shapes->found_count++] = at(shapes, i);
    qsort(shapes->found, shapes->found_count, sizeof *shapes->found, by_bytes);
    return 0;
}

static int prepare(struct heap_shapes *shapes, size_t nodes) {
    shapes->of = calloc(nodes, sizeof *shapes->of);
    shapes->heads = calloc(nodes, sizeof *shapes->heads);
    struct heap_shape *root = array_add(&shapes->list);
    if (shapes->of == NULL || shapes->heads == NULL || root == NULL)
        return -ENOMEM;
    *root = (struct heap_shape){.nodes = 1};
    return 0;
}

int heap_shapes_build(struct heap_shapes *shapes, struct heap_walk *walk) {
    int error = prepare(shapes, walk->nodes.list.count);
    if (error != 0)
        return error;
    mark_paths(shapes, walk);
    error = make_tree(shapes, walk);
    if (error != 0)
        return error;
    find_heads(shapes, walk);
    count_found(shapes, walk);
    error = find_maps(shapes);
    return error == 0 ? list_found(shapes) : error;
}

void heap_shapes_finish(struct heap_shapes *shapes) {
    free(shapes->list.items);
    free(shapes->of);
    free(shapes->heads);
    free(shapes->found);
    free(shapes->slots);
    *shapes = (struct heap_shapes){0};
}
