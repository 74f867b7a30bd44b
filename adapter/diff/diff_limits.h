/* SPDX-License-Identifier: MIT */
/*
 * diff_limits: the most that something may be more than before: "line=1KB", "heap=64KB". What can
 * rise of lines is a list of columns.h.
 */
#ifndef LUAHEAT_DIFF_LIMITS_H
#define LUAHEAT_DIFF_LIMITS_H

#include "comparison.h"
#include "screen.h"

#include <stdio.h>

struct diff_limit_whole;

struct diff_limit {
    const char *words; /* as the user wrote it, who keeps it */
    bool each_line;    /* it is each line's column, not that of all together */
    enum column_id column;
    const struct diff_limit_whole *whole; /* or what no line has; NULL: the column */
    int64_t most;
};

/* All zero is none. */
struct diff_limits {
    struct diff_limit *items;
    size_t count, room;
};

/* Adds what --limit was given. 0, or -EINVAL with a complaint (COMPLAINT_BYTES). */
int diff_limits_add(struct diff_limits *limits, const char *words, char *complaint);
void diff_limits_finish(struct diff_limits *limits);

/* Writes which limits are broken and by what; nothing if all are kept. How many are broken. */
size_t diff_limits_judge(const struct diff_limits *limits, const struct comparison *comparison,
                         const struct screen *screen, FILE *file);

#endif
