/* SPDX-License-Identifier: MIT */
/*
 * array: one that grows. It is any struct with the members of ARRAY(type), all zero when empty:
 *
 *   struct limits { struct limit *items; size_t count, room; };     or     ARRAY(struct limit)
 *
 *   struct limit *limit = array_add(limits);
 *   if (limit == NULL)
 *       return -ENOMEM;
 *   *limit = (struct limit){...};
 *
 * Each item costs the same on average, however many there will be. `items` is its owner's to
 * free(), and moves when the array grows.
 */
#ifndef LUAHEAT_BASE_ARRAY_H
#define LUAHEAT_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY(type)                                                                                \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, room;                                                                        \
    }

/* Room for so many items more. False: memory is out, and the array is as it was. Evaluates its
   arguments several times, as array_add() does. */
#define array_reserve(array, more)                                                                 \
    ((array)->room - (array)->count >= (more) ||                                                   \
     array_enlarge(&(array)->items, &(array)->room, (array)->count, more, sizeof *(array)->items))

/* One more item, at the end, for the caller to fill; NULL: memory is out. */
#define array_add(array) (array_reserve(array, 1) ? &(array)->items[(array)->count++] : NULL)

/* What array_reserve() does, for who has other members. `items`: where the pointer to them is. */
static inline bool array_enlarge(void *items, size_t *room, size_t count, size_t more,
                                 size_t item_bytes) {
    enum { FIRST_ROOM = 8 };
    size_t most = SIZE_MAX / 2 / item_bytes, larger = *room < FIRST_ROOM ? FIRST_ROOM : *room * 2;
    void *old;
    if (more > most - count)
        return false;
    if (larger < count + more)
        larger = count + more;
    memcpy(&old, items, sizeof old);
    void *moved = realloc(old, larger * item_bytes);
    if (moved == NULL)
        return false;
    memcpy(items, &moved, sizeof moved);
    *room = larger;
    return true;
}

#endif
