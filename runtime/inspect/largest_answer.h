/* SPDX-License-Identifier: MIT */
/*
 * largest_answer: what takes the room, as the answers of luaheat/largestTables and
 * luaheat/equalStrings (docs/measure.md).
 */
#ifndef LUAHEAT_INSPECT_LARGEST_ANSWER_H
#define LUAHEAT_INSPECT_LARGEST_ANSWER_H

#include "heap_largest.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

struct chunks;

struct largest_wish {
    size_t limit;        /* so many at most; over HEAP_LARGEST_MOST: as many */
    bool by_bytes;       /* the tables; else by what they retain */
    bool steps_left_out; /* a path is told as a text only */
};

/* Of a look that is done, in the coroutine it was done in; the caller's to delete. If it is
   cancelled, or memory is out, the walk's status says so, and the answer lacks something. */
cJSON *largest_answer_tables(struct heap_largest *largest, struct chunks *chunks,
                             const struct largest_wish *wish);
cJSON *largest_answer_strings(struct heap_largest *largest, struct chunks *chunks,
                              const struct largest_wish *wish);

#endif
