/* SPDX-License-Identifier: MIT */
/*
 * heap_largest: what takes the room. The tables that have most bytes, or that retain most
 * (heap_dominators.h), and equal strings that there are many times. The program's own heap and its
 * collector stay as they are.
 */
#ifndef LUAHEAT_HEAP_HEAP_LARGEST_H
#define LUAHEAT_HEAP_HEAP_LARGEST_H

#include "heap_strings.h"
#include "heap_walk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Free slots that are needed on the stack of the coroutine to work in. */
enum { HEAP_LARGEST_SLOTS = 40 };

/* More of a kind are not listed. */
enum { HEAP_LARGEST_MOST = 1000 };

struct heap_large_table {
    uint32_t node;
    uint64_t bytes;    /* its own: with its array and its hash part */
    uint64_t retained; /* and of all that is reached by way of it only */
};

/* Of `walk` the caller sets what the program is and who asks, and which of the two is wanted; all
   else is zero. */
struct heap_largest {
    struct heap_walk walk;
    bool of_tables; /* with figures only */
    bool of_strings;
    const struct account *account;
    struct heap_strings strings; /* those that are not one anyway */
    uint64_t *retained;          /* by each node, if of_tables */
    uint64_t tables;             /* how many there are */
    uint64_t equal, spare;       /* groups of several strings; bytes, if there was one of each */
};

/* Looks. Raises Lua's error if Lua's memory is out. */
enum heap_walk_status heap_largest_look(struct heap_largest *largest);

/* Up to `limit` of them, largest first, of as many bytes the one found first; how many. Room for as
   many is the caller's. */
size_t heap_largest_tables(const struct heap_largest *largest, bool by_retained,
                           struct heap_large_table *tables, size_t limit);

/* The same of strings that there are more than once, by what would be saved if there was one. */
size_t heap_largest_strings(const struct heap_largest *largest,
                            const struct heap_string_group **groups, size_t limit);

/* Bytes of each string of the group. */
uint64_t heap_largest_string_bytes(const struct heap_largest *largest,
                                   const struct heap_string_group *group);

void heap_largest_finish(struct heap_largest *largest);

#endif
