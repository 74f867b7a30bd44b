/* SPDX-License-Identifier: MIT */
#include "heap_retainers.h"

#include "account.h"
#include "heap_blocks.h"
#include "heap_object.h"
#include "layout.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

/* ---- looking at what is reached ---- */

struct measuring {
    struct heap_retainers *retainers;
    uint32_t node; /* that it will be */
    struct heap_look look;
    bool is_first;
};

static bool is_asked(const struct heap_retainers *retainers, uint32_t site) {
    return retainers->sites[site / 64] >> site % 64 & 1;
}

static void note_part(const struct measuring *measuring, uint32_t site, size_t size) {
    struct heap_part *part = array_add(&measuring->retainers->parts);
    if (part != NULL)
        *part = (struct heap_part){.node = measuring->node, .site = site, .bytes = size};
    else
        measuring->retainers->walk.status = HEAP_WALK_NO_MEMORY;
}

/* The first is the object itself. */
static void measure(void *data, uint32_t site, size_t size) {
    struct measuring *measuring = data;
    bool asked = is_asked(measuring->retainers, site);
    measuring->look.bytes += size;
    measuring->look.of_them += asked ? size : 0;
    measuring->look.found |= asked;
    measuring->look.wanted |= asked && measuring->is_first;
    measuring->is_first = false;
    if (asked && measuring->retainers->notes_parts)
        note_part(measuring, site, size);
}

static uint32_t next_node(const struct heap_walk *walk) {
    return (uint32_t)walk->nodes.list.count;
}

static struct heap_look look_for_sites(const struct heap_walk *walk, const void *object) {
    struct measuring measuring = {
        .retainers = walk->data, .node = next_node(walk), .is_first = true};
    (void)object;
    heap_blocks(measuring.retainers->account, walk->layout, walk->L, measure, &measuring);
    return measuring.look;
}

static struct heap_look look_at_box(const struct heap_walk *walk, const void *box) {
    struct measuring measuring = {.retainers = walk->data, .node = next_node(walk)};
    struct account_block block = account_block_of(measuring.retainers->account, box);
    measure(&measuring, block.site, block.size);
    return measuring.look;
}

/* Of the one that is looked for all sites are. */
static struct heap_look look_for_object(const struct heap_walk *walk, const void *object) {
    bool wanted = object == walk->object;
    struct heap_look look = {0};
    if (walk->layout != NULL)
        look = look_for_sites(walk, object);
    look.wanted = look.found = wanted;
    look.of_them = wanted ? look.bytes : 0;
    return look;
}

/* ---- who retains it ---- */

/* Most first; of as many, the one found first. */
static int by_count(const void *a, const void *b) {
    const struct heap_retainer *one = a, *other = b;
    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return one->number < other->number ? -1 : 1;
}

static enum heap_walk_status find(struct heap_walk *walk) {
    if (heap_walk(walk) == HEAP_WALK_DONE && walk->retainers.count > 1)
        qsort(walk->retainers.items + 1, walk->retainers.count - 1, sizeof *walk->retainers.items,
              by_count);
    return walk->status;
}

static enum heap_walk_status note(struct heap_walk *walk, int error) {
    if (error != 0)
        walk->status = error == -ECANCELED ? HEAP_WALK_CANCELLED : HEAP_WALK_NO_MEMORY;
    return walk->status;
}

static enum heap_walk_status find_shapes(struct heap_retainers *retainers) {
    struct heap_walk *walk = &retainers->walk;
    if (find(walk) != HEAP_WALK_DONE)
        return walk->status;
    heap_nodes_forget_addresses(&walk->nodes);
    int error = heap_retainers_is_of_object(retainers) ? heap_walk_add_ways(walk) : 0;
    return note(walk, error == 0 ? heap_shapes_build(&retainers->shapes, walk) : error);
}

/* Also what is allocated. */
static void measure_all(struct heap_retainers *retainers) {
    struct heap_walk *walk = &retainers->walk;
    retainers->account = account_of(walk->L);
    if (account_figures(retainers->account) == NULL)
        return;
    walk->data = retainers;
    walk->look_at_box = look_at_box;
    walk->keeps_graph = !retainers->notes_parts;
    walk->layout = layout_measured();
    if (walk->layout == NULL)
        note(walk, -ENOMEM);
}

enum heap_walk_status heap_retainers_of_object(struct heap_retainers *retainers) {
    struct heap_walk *walk = &retainers->walk;
    measure_all(retainers);
    walk->object = heap_object(walk->L, -1);
    walk->look = look_for_object;
    return walk->status == HEAP_WALK_DONE ? find_shapes(retainers) : walk->status;
}

enum heap_walk_status heap_retainers_of_sites(struct heap_retainers *retainers) {
    struct heap_walk *walk = &retainers->walk;
    measure_all(retainers);
    walk->look = look_for_sites;
    return walk->status == HEAP_WALK_DONE ? find_shapes(retainers) : walk->status;
}

uint64_t heap_retainers_live(const struct heap_retainers *retainers) {
    const struct figures *figures = account_figures(retainers->account);
    uint64_t live = 0;
    for (uint32_t site = 0; figures != NULL && site < figures->site_count; site++)
        for (int kind = 0; is_asked(retainers, site) && kind < FIGURES_KINDS; kind++)
            live += figures_live(&figures->sites[site].cells[kind]);
    return live;
}

uint64_t heap_retainers_reached(const struct heap_retainers *retainers) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < retainers->walk.found_all.count; i++)
        bytes += retainers->walk.found_all.items[i].bytes;
    return bytes;
}

/* ---- what it retains ---- */

/* What each of up to HEAP_GRAPH_GROUPS groups of nodes retains. */
struct weighing {
    struct heap_walk *walk;
    uint8_t *groups; /* of each node, from 1 */
    uint64_t *held;
    uint64_t retained[HEAP_GRAPH_GROUPS];
};

static bool is_cancelled(void *walk) {
    return heap_walk_cancelled(walk);
}

static void add_up(struct weighing *weighing) {
    const struct heap_node *nodes = weighing->walk->nodes.list.items;
    for (size_t node = 0; node < weighing->walk->nodes.list.count; node++)
        for (uint64_t held = weighing->held[node]; held != 0; held &= held - 1)
            weighing->retained[__builtin_ctzll(held)] += nodes[node].bytes;
}

static int weigh(struct weighing *weighing) {
    int error = heap_graph_hold(&weighing->walk->graph, weighing->groups, weighing->held,
                                is_cancelled, weighing->walk);
    if (error == 0)
        add_up(weighing);
    return error;
}

static int weighing_init(struct weighing *weighing, struct heap_walk *walk) {
    size_t nodes = walk->nodes.list.count;
    *weighing = (struct weighing){.walk = walk};
    weighing->groups = calloc(nodes, sizeof *weighing->groups);
    weighing->held = malloc(nodes * sizeof *weighing->held);
    return weighing->groups != NULL && weighing->held != NULL ? 0 : -ENOMEM;
}

static void weighing_finish(struct weighing *weighing) {
    free(weighing->groups);
    free(weighing->held);
}

/* As many of the rest as are weighed at once. */
static size_t turn(size_t rest) {
    return rest < HEAP_GRAPH_GROUPS ? rest : HEAP_GRAPH_GROUPS;
}

/* ---- of shapes ---- */

static void group_by_shape(struct weighing *weighing, struct heap_retainers *retainers) {
    const struct heap_walk *walk = &retainers->walk;
    struct heap_shapes *shapes = &retainers->shapes;
    for (size_t i = 0; i < walk->found_all.count; i++) {
        uint32_t node = walk->found_all.items[i].node;
        weighing->groups[node] = heap_shapes_of(shapes, shapes->heads[node])->group;
    }
}

static int weigh_shapes(struct heap_retainers *retainers, size_t first, size_t count) {
    struct weighing weighing;
    struct heap_shape **shapes = retainers->shapes.found + first;
    int error = weighing_init(&weighing, &retainers->walk);
    for (size_t i = 0; i < count; i++)
        shapes[i]->group = (uint8_t)(i + 1);
    if (error == 0) {
        group_by_shape(&weighing, retainers);
        error = weigh(&weighing);
    }
    for (size_t i = 0; i < count; i++) {
        shapes[i]->group = 0;
        shapes[i]->retained = weighing.retained[i];
    }
    weighing_finish(&weighing);
    return error;
}

enum heap_walk_status heap_retainers_weigh(struct heap_retainers *retainers, size_t first,
                                           size_t count) {
    size_t all = retainers->shapes.found_count, end = first < all ? all : first;
    int error = 0;
    if (count < end - first)
        end = first + count;
    for (size_t at = first; error == 0 && at < end; at += HEAP_GRAPH_GROUPS)
        error = weigh_shapes(retainers, at, turn(end - at));
    return note(&retainers->walk, error);
}

/* ---- of single paths ---- */

static int single_by_node(const void *a, const void *b) {
    const struct heap_single *one = a, *other = b;
    return (one->node > other->node) - (one->node < other->node);
}

static int single_by_bytes(const void *a, const void *b) {
    const struct heap_single *one = a, *other = b;
    if (one->bytes != other->bytes)
        return one->bytes < other->bytes ? 1 : -1;
    return single_by_node(a, b);
}

static bool is_of_shape(struct heap_retainers *retainers, uint32_t node,
                        const struct heap_shape *shape) {
    return heap_shapes_of(&retainers->shapes, retainers->shapes.heads[node]) == shape;
}

static void list_singles(struct heap_retainers *retainers, const struct heap_shape *shape,
                         struct heap_single *singles) {
    size_t count = 0;
    const struct heap_walk *walk = &retainers->walk;
    for (size_t i = 0; i < walk->found_all.count; i++) {
        uint32_t node = walk->found_all.items[i].node;
        if (retainers->shapes.heads[node] == node && is_of_shape(retainers, node, shape))
            singles[count++] = (struct heap_single){.node = node};
    }
    assert(count == shape->paths);
    qsort(singles, count, sizeof *singles, single_by_node);
}

static struct heap_single *single_of(struct heap_retainers *retainers, uint32_t node,
                                     struct heap_single *singles, size_t count) {
    const struct heap_single key = {.node = retainers->shapes.heads[node]};
    return bsearch(&key, singles, count, sizeof *singles, single_by_node);
}

static void count_singles(struct heap_retainers *retainers, struct heap_single *singles,
                          size_t count) {
    const struct heap_walk *walk = &retainers->walk;
    for (size_t i = 0; i < walk->found_all.count; i++) {
        const struct heap_found *found = &walk->found_all.items[i];
        struct heap_single *single = single_of(retainers, found->node, singles, count);
        if (single == NULL)
            continue;
        single->count += !walk->nodes.list.items[found->node].part;
        single->bytes += found->bytes;
    }
}

static void group_by_single(struct weighing *weighing, struct heap_retainers *retainers,
                            const struct heap_single *singles, size_t count) {
    for (size_t i = 0; i < count; i++)
        weighing->groups[singles[i].node] = (uint8_t)(i + 1);
    const struct heap_walk *walk = &retainers->walk;
    for (size_t i = 0; i < walk->found_all.count; i++) {
        uint32_t node = walk->found_all.items[i].node;
        weighing->groups[node] = weighing->groups[retainers->shapes.heads[node]];
    }
}

static int weigh_singles(struct heap_retainers *retainers, struct heap_single *singles,
                         size_t count) {
    struct weighing weighing;
    int error = weighing_init(&weighing, &retainers->walk);
    if (error == 0) {
        group_by_single(&weighing, retainers, singles, count);
        error = weigh(&weighing);
    }
    for (size_t i = 0; i < count; i++)
        singles[i].retained = weighing.retained[i];
    weighing_finish(&weighing);
    return error;
}

enum heap_walk_status heap_retainers_open(struct heap_retainers *retainers,
                                          const struct heap_shape *shape, size_t first,
                                          size_t count, struct heap_single **singles) {
    size_t all = (size_t)shape->paths, end = first < all ? all : first;
    *singles = calloc(all + 1, sizeof **singles);
    if (*singles == NULL)
        return note(&retainers->walk, -ENOMEM);
    list_singles(retainers, shape, *singles);
    count_singles(retainers, *singles, all);
    qsort(*singles, all, sizeof **singles, single_by_bytes);
    int error = 0;
    if (count < end - first)
        end = first + count;
    for (size_t at = first; error == 0 && at < end; at += HEAP_GRAPH_GROUPS)
        error = weigh_singles(retainers, *singles + at, turn(end - at));
    return note(&retainers->walk, error);
}

enum heap_walk_status heap_retainers_weigh_object(struct heap_retainers *retainers,
                                                  struct heap_single *object) {
    const struct heap_walk *walk = &retainers->walk;
    *object = (struct heap_single){0};
    if (walk->found_all.count == 0)
        return walk->status;
    const struct heap_found *found = &walk->found_all.items[0];
    *object = (struct heap_single){.node = found->node, .count = 1, .bytes = found->bytes};
    return note(&retainers->walk, weigh_singles(retainers, object, 1));
}

void heap_retainers_finish(struct heap_retainers *retainers) {
    free(retainers->parts.items);
    heap_shapes_finish(&retainers->shapes);
    heap_walk_finish(&retainers->walk);
}
