/* SPDX-License-Identifier: MIT */
#include "heap_holders.h"

#include "heap_path.h"

#include <errno.h>
#include <stdlib.h>

static bool is_any_number(const struct heap_shape *step) {
    return step->several || step->repeated || step->label.kind == HEAP_KEY;
}

/* The place that the shape's objects are in any number of; itself, if there is none. */
static const struct heap_shape *place_of(struct heap_shapes *shapes,
                                         const struct heap_shape *shape) {
    const struct heap_shape *at = shape, *parent = heap_shapes_parent(shapes, at);
    while (at != parent) {
        const struct heap_shape *before = heap_shapes_parent(shapes, parent);
        if (is_any_number(at))
            return parent != before ? parent : at;
        at = parent;
        parent = before;
    }
    return shape;
}

/* A table of somebody else's is found for what has grown in it. */
static const struct heap_shape *holder_of(struct heap_retainers *retainers, uint32_t node) {
    uint32_t head = retainers->shapes.heads[node];
    const struct heap_shape *shape = heap_shapes_of(&retainers->shapes, head);
    bool grew = !retainers->walk.nodes.list.items[head].wanted;
    return grew ? shape : place_of(&retainers->shapes, shape);
}

static int by_site_and_holder(const void *a, const void *b) {
    const struct heap_part *one = a, *other = b;
    if (one->site != other->site)
        return one->site < other->site ? -1 : 1;
    return (one->holder > other->holder) - (one->holder < other->holder);
}

static void sort(struct heap_retainers *retainers) {
    size_t count = retainers->parts.count;
    for (size_t i = 0; i < count; i++) {
        struct heap_part *part = &retainers->parts.items[i];
        part->holder = (uint32_t)(holder_of(retainers, part->node) - retainers->shapes.list.items);
    }
    if (count > 0)
        qsort(retainers->parts.items, count, sizeof *retainers->parts.items, by_site_and_holder);
}

/* In place of the site's last one, if it has more. */
static int add(struct heap_holders *holders, const struct heap_holder *found) {
    size_t count = holders->list.count;
    struct heap_holder *last = count > 0 ? &holders->list.items[count - 1] : NULL;
    if (last == NULL || last->site != found->site) {
        last = array_add(&holders->list);
        if (last == NULL)
            return -ENOMEM;
        *last = *found;
    } else if (found->bytes > last->bytes) {
        *last = *found;
    }
    return 0;
}

int heap_holders_find(struct heap_holders *holders, struct heap_retainers *retainers) {
    const struct heap_part *parts = retainers->parts.items;
    size_t count = retainers->parts.count, next;
    int error = 0;
    sort(retainers);
    for (size_t i = 0; i < count && error == 0; i = next) {
        struct heap_holder found = {parts[i].site, &retainers->shapes.list.items[parts[i].holder],
                                    parts[i].node, 0};
        for (next = i; next < count && by_site_and_holder(&parts[next], &parts[i]) == 0; next++)
            found.bytes += parts[next].bytes;
        error = add(holders, &found);
    }
    return error;
}

bool heap_holders_describe(struct heap_path *path, struct heap_retainers *retainers,
                           const struct heap_holder *holder) {
    return heap_path_describe_shape_by(path, &retainers->walk, &retainers->shapes, holder->shape,
                                       retainers->shapes.heads[holder->node]);
}

void heap_holders_finish(struct heap_holders *holders) {
    free(holders->list.items);
    *holders = (struct heap_holders){0};
}
