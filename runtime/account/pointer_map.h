/* SPDX-License-Identifier: MIT */
/*
 * pointer_map: from an address to what we know of it. Open addressing with linear probing; an entry
 * that is taken out is closed over by moving its followers back (Knuth, TAOCP 6.4, algorithm R), so
 * that there are no tombstones and a map that lives for millions of births and deaths stays short.
 */
#ifndef LUAHEAT_ACCOUNT_POINTER_MAP_H
#define LUAHEAT_ACCOUNT_POINTER_MAP_H

#include <stddef.h>

struct pointer_slot {
    const void *key; /* NULL: free */
    void *value;
};

/* All zero is an empty map. */
struct pointer_map {
    struct pointer_slot *slots;
    size_t room; /* 0 or a power of two */
    size_t count;
};

void pointer_map_finish(struct pointer_map *map);

/* The value stored for the key, NULL if there is none. */
void *pointer_map_get(const struct pointer_map *map, const void *key);

/* Stores or replaces. The key and the value are not NULL. 0 or -ENOMEM (nothing stored). */
int pointer_map_put(struct pointer_map *map, const void *key, void *value);

/* Takes the key out; returns the value it had, NULL if there was none. */
void *pointer_map_take(struct pointer_map *map, const void *key);

#endif
