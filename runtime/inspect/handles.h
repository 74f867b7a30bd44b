/* SPDX-License-Identifier: MIT */
/*
 * handles: things that a client may name by a number while the program is stopped. Numbers start at
 * 1 and go on from stop to stop, so that one of an earlier stop is recognised and not mistaken.
 */
#ifndef LUAHEAT_INSPECT_HANDLES_H
#define LUAHEAT_INSPECT_HANDLES_H

#include <stdbool.h>
#include <stddef.h>

struct handles {
    void *items;
    size_t item_bytes, count, room;
    int first; /* the number of the first item */
};

/* Empty, with numbers after `last`, the last one given at the stop before (0 at first). */
void handles_init(struct handles *handles, size_t item_bytes, int last);

/* Releases the items; what they own is the caller's to release before. Returns the last number. */
int handles_finish(struct handles *handles);

/* A new item, all zero, and its number. NULL if memory or numbers are out. Moves the others. */
void *handles_add(struct handles *handles, int *number);

/* NULL if the number is none of this stop's. Valid until the next handles_add. */
void *handles_get(const struct handles *handles, int number);

/* Was the number given at an earlier stop? */
bool handles_stale(const struct handles *handles, int number);

#endif
