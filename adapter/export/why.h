/* SPDX-License-Identifier: MIT */
/*
 * why: who holds what a line has allocated, as the program has told it (docs/measure.md): for
 * reports and pages.
 */
#ifndef LUAHEAT_ADAPTER_WHY_H
#define LUAHEAT_ADAPTER_WHY_H

#include <stddef.h>
#include <stdint.h>

struct why_shape {
    char *text; /* valid UTF-8 */
    uint64_t count, paths, bytes, retained;
};

struct why {
    const char *place; /* the line, as it was asked for */
    const char *at;    /* the moment: "end", "peak" */
    char *json;        /* the answer; NULL: there is none, and all below is zero */
    uint64_t heap, live, reached;
    struct why_shape *shapes; /* most bytes first */
    size_t count;             /* of them; there may be more */
    uint64_t all;
};

/* So many rows are shown to people. */
enum { WHY_ROWS = 20 };

static inline size_t why_rows(const struct why *why) {
    return why->count < WHY_ROWS ? why->count : WHY_ROWS;
}

#endif
