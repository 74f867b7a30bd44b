/* SPDX-License-Identifier: MIT */
/*
 * retainers_answer: who holds what, as the answer of luaheat/retainers (docs/measure.md).
 */
#ifndef LUAHEAT_INSPECT_RETAINERS_ANSWER_H
#define LUAHEAT_INSPECT_RETAINERS_ANSWER_H

#include "heap_retainers.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

struct chunks;

struct retainers_wish {
    size_t limit;        /* so many holders and shapes at most */
    int shape;           /* the number of one to be opened; below zero: none */
    size_t start, count; /* which of its paths */
    bool holders_left_out;
};

/* Of a search that has been done, in the coroutine it was done in. If it is cancelled, or memory is
   out, the walk's status says so, and the answer lacks something. */
cJSON *retainers_answer(struct heap_retainers *retainers, struct chunks *chunks,
                        const struct retainers_wish *wish);

#endif
