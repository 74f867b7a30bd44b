/* SPDX-License-Identifier: MIT */
#include "heap_largest.h"

#include "account.h"
#include "heap_blocks.h"
#include "heap_dominators.h"
#include "layout.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

uint64_t heap_largest_string_bytes(const struct heap_largest *largest,
                                   const struct heap_string_group *group) {
    return largest->walk.layout->text + group->size + 1;
}

static uint64_t spare_bytes(const struct heap_largest *largest,
                            const struct heap_string_group *group) {
    return (group->count - 1) * heap_largest_string_bytes(largest, group);
}

/* ---- looking at what is reached ---- */

static void add_block(void *data, uint32_t site, size_t size) {
    uint64_t *bytes = data;
    (void)site;
    *bytes += size;
}

/* Those that are one anyway are told by nobody. */
static void note_string(struct heap_largest *largest, lua_State *L) {
    size_t size = lua_rawlen(L, -1);
    if (size <= largest->walk.layout->shared)
        return;
    uint32_t node = (uint32_t)largest->walk.nodes.list.count;
    if (heap_strings_add(&largest->strings, lua_tostring(L, -1), size, node) != 0)
        largest->walk.status = HEAP_WALK_NO_MEMORY;
}

static struct heap_look look(const struct heap_walk *walk, const void *object) {
    struct heap_largest *largest = walk->data;
    struct heap_look look = {0};
    (void)object;
    if (largest->of_tables)
        heap_blocks(largest->account, walk->layout, walk->L, add_block, &look.bytes);
    if (largest->of_strings && lua_type(walk->L, -1) == LUA_TSTRING)
        note_string(largest, walk->L);
    largest->tables += lua_istable(walk->L, -1);
    return look;
}

static struct heap_look look_at_box(const struct heap_walk *walk, const void *box) {
    const struct heap_largest *largest = walk->data;
    return (struct heap_look){.bytes = account_block_of(largest->account, box).size};
}

static bool is_cancelled(void *walk) {
    return heap_walk_cancelled(walk);
}

static int weigh(struct heap_largest *largest) {
    struct heap_walk *walk = &largest->walk;
    const struct heap_node *nodes = walk->nodes.list.items;
    heap_nodes_forget_addresses(&walk->nodes);
    largest->retained = malloc(walk->nodes.list.count * sizeof *largest->retained);
    for (size_t i = 0; largest->retained != NULL && i < walk->nodes.list.count; i++)
        largest->retained[i] = nodes[i].bytes;
    return largest->retained != NULL
               ? heap_dominators_add_up(&walk->graph, largest->retained, is_cancelled, walk)
               : -ENOMEM;
}

static void add_up_strings(struct heap_largest *largest) {
    const struct heap_string_group *groups = largest->strings.groups.items;
    for (size_t i = 0; i < largest->strings.groups.count; i++) {
        largest->equal += groups[i].count > 1;
        largest->spare += spare_bytes(largest, &groups[i]);
    }
}

enum heap_walk_status heap_largest_look(struct heap_largest *largest) {
    struct heap_walk *walk = &largest->walk;
    largest->account = account_of(walk->L);
    walk->data = largest;
    walk->look = look;
    walk->look_at_box = largest->of_tables ? look_at_box : NULL;
    walk->keeps_graph = largest->of_tables;
    walk->layout = layout_measured();
    if (walk->layout == NULL)
        return walk->status = HEAP_WALK_NO_MEMORY;
    int error = heap_walk(walk) == HEAP_WALK_DONE && largest->of_tables ? weigh(largest) : 0;
    if (error != 0)
        walk->status = error == -ECANCELED ? HEAP_WALK_CANCELLED : HEAP_WALK_NO_MEMORY;
    add_up_strings(largest);
    return walk->status;
}

/* ---- the largest of many ---- */

/* One of them: the later it was found, the smaller of two that have as many bytes. */
struct contender {
    uint64_t bytes;
    uint32_t number;
};

/* The smallest of those kept is the first: a heap. */
struct contest {
    struct contender *kept;
    size_t count, limit;
};

static bool is_smaller(const struct contender *one, const struct contender *other) {
    return one->bytes != other->bytes ? one->bytes < other->bytes : one->number > other->number;
}

static void swap(struct contender *one, struct contender *other) {
    const struct contender kept = *one;
    *one = *other;
    *other = kept;
}

static void rise(const struct contest *contest, size_t at) {
    struct contender *kept = contest->kept;
    for (; at > 0 && is_smaller(&kept[at], &kept[(at - 1) / 2]); at = (at - 1) / 2)
        swap(&kept[at], &kept[(at - 1) / 2]);
}

static void sink(const struct contest *contest, size_t at) {
    struct contender *kept = contest->kept;
    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < contest->count; child++)
            if (is_smaller(&kept[child], &kept[least]))
                least = child;
        if (least == at)
            return;
        swap(&kept[at], &kept[least]);
        at = least;
    }
}

static void enter(struct contest *contest, uint64_t bytes, uint32_t number) {
    const struct contender contender = {bytes, number};
    if (contest->count < contest->limit) {
        contest->kept[contest->count++] = contender;
        rise(contest, contest->count - 1);
    } else if (contest->limit > 0 && is_smaller(&contest->kept[0], &contender)) {
        contest->kept[0] = contender;
        sink(contest, 0);
    }
}

static int largest_first(const void *a, const void *b) {
    return is_smaller(a, b) ? 1 : -1;
}

static void rank(const struct contest *contest) {
    if (contest->count > 1)
        qsort(contest->kept, contest->count, sizeof *contest->kept, largest_first);
}

size_t heap_largest_tables(const struct heap_largest *largest, bool by_retained,
                           struct heap_large_table *tables, size_t limit) {
    struct contender kept[HEAP_LARGEST_MOST];
    const struct heap_node *nodes = largest->walk.nodes.list.items;
    struct contest contest = {.kept = kept, .limit = limit};
    assert(largest->retained != NULL && limit <= HEAP_LARGEST_MOST);
    for (uint32_t i = 0; i < largest->walk.nodes.list.count; i++)
        if (nodes[i].table)
            enter(&contest, by_retained ? largest->retained[i] : nodes[i].bytes, i);
    rank(&contest);
    for (size_t i = 0; i < contest.count; i++) {
        uint32_t node = kept[i].number;
        tables[i] = (struct heap_large_table){node, nodes[node].bytes, largest->retained[node]};
    }
    return contest.count;
}

size_t heap_largest_strings(const struct heap_largest *largest,
                            const struct heap_string_group **groups, size_t limit) {
    struct contender kept[HEAP_LARGEST_MOST];
    const struct heap_string_group *all = largest->strings.groups.items;
    struct contest contest = {.kept = kept, .limit = limit};
    assert(limit <= HEAP_LARGEST_MOST);
    for (uint32_t i = 0; i < largest->strings.groups.count; i++)
        if (all[i].count > 1)
            enter(&contest, spare_bytes(largest, &all[i]), i);
    rank(&contest);
    for (size_t i = 0; i < contest.count; i++)
        groups[i] = &all[kept[i].number];
    return contest.count;
}

void heap_largest_finish(struct heap_largest *largest) {
    free(largest->retained);
    heap_strings_finish(&largest->strings);
    heap_walk_finish(&largest->walk);
}
