/* SPDX-License-Identifier: MIT */
#include "pointer_map.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

enum { FIRST_ROOM = 64 };

/* Heap addresses differ in their middle bits; the multiplier is 2^64 / golden ratio (Knuth 6.4). */
static size_t home(const struct pointer_map *map, const void *key) {
    uint64_t mixed = ((uintptr_t)key >> 4) * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(mixed >> 32) & (map->room - 1);
}

static size_t next(const struct pointer_map *map, size_t at) {
    return (at + 1) & (map->room - 1);
}

/* The slot of the key, or the free slot where it would go. */
static size_t find(const struct pointer_map *map, const void *key) {
    size_t at = home(map, key);
    while (map->slots[at].key != NULL && map->slots[at].key != key)
        at = next(map, at);
    return at;
}

static int grow(struct pointer_map *map) {
    struct pointer_map larger = {.room = map->room > 0 ? map->room * 2 : FIRST_ROOM,
                                 .count = map->count};
    larger.slots = calloc(larger.room, sizeof *larger.slots);
    if (larger.slots == NULL)
        return -ENOMEM;
    for (size_t i = 0; i < map->room; i++)
        if (map->slots[i].key != NULL)
            larger.slots[find(&larger, map->slots[i].key)] = map->slots[i];
    free(map->slots);
    *map = larger;
    return 0;
}

void pointer_map_finish(struct pointer_map *map) {
    free(map->slots);
    *map = (struct pointer_map){0};
}

void *pointer_map_get(const struct pointer_map *map, const void *key) {
    if (map->room == 0)
        return NULL;
    return map->slots[find(map, key)].value;
}

int pointer_map_put(struct pointer_map *map, const void *key, void *value) {
    assert(key != NULL && value != NULL);
    if ((map->count + 1) * 2 > map->room && grow(map) != 0)
        return -ENOMEM;
    struct pointer_slot *slot = &map->slots[find(map, key)];
    if (slot->key == NULL)
        map->count++;
    *slot = (struct pointer_slot){key, value};
    return 0;
}

/* May the entry at `from` move to the hole? Only if its home does not lie behind the hole. */
static int reaches(const struct pointer_map *map, size_t hole, size_t from) {
    size_t mask = map->room - 1;
    size_t distance_home = (from - home(map, map->slots[from].key)) & mask;
    size_t distance_hole = (from - hole) & mask;
    return distance_home >= distance_hole;
}

void *pointer_map_take(struct pointer_map *map, const void *key) {
    if (map->room == 0)
        return NULL;
    size_t hole = find(map, key);
    void *value = map->slots[hole].value;
    if (value == NULL)
        return NULL;
    for (size_t at = next(map, hole); map->slots[at].key != NULL; at = next(map, at)) {
        if (reaches(map, hole, at)) {
            map->slots[hole] = map->slots[at];
            hole = at;
        }
    }
    map->slots[hole] = (struct pointer_slot){0};
    map->count--;
    return value;
}
