/* SPDX-License-Identifier: MIT */
/*
 * remembered: a quick no to whether anything is remembered of a block that is freed: that it is a
 * thread, a function, the name of a chunk. Blocks share places, of which each counts its own.
 */
#ifndef LUAHEAT_ACCOUNT_REMEMBERED_H
#define LUAHEAT_ACCOUNT_REMEMBERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REMEMBERED_PLACES = 4096 };

/* All zero: nothing is. */
struct remembered {
    uint8_t places[REMEMBERED_PLACES]; /* UINT8_MAX: of too many to be counted, it stays so */
};

/* Blocks are multiples of 16 bytes apart. */
static inline size_t remembered_place(const void *block) {
    return ((uintptr_t)block >> 4) % REMEMBERED_PLACES;
}

static inline void remembered_add(struct remembered *remembered, const void *block) {
    uint8_t *place = &remembered->places[remembered_place(block)];
    *place = (uint8_t)(*place + (*place < UINT8_MAX));
}

/* What was added, as often as it was. */
static inline void remembered_remove(struct remembered *remembered, const void *block) {
    uint8_t *place = &remembered->places[remembered_place(block)];
    *place = (uint8_t)(*place - (*place < UINT8_MAX));
}

static inline bool remembered_maybe(const struct remembered *remembered, const void *block) {
    return remembered->places[remembered_place(block)] != 0;
}

#endif
