/* SPDX-License-Identifier: MIT */
/*
 * rise: the most that something may be more than before: "line=1KB", "heap=64KB". What can rise
 * is one table, rise_figures.
 */
#ifndef LUAHEAT_DIFF_RISE_H
#define LUAHEAT_DIFF_RISE_H

#include "comparison.h"
#include "screen.h"

#include <stdio.h>

struct rise_figure;

struct rise_limit {
    const char *words; /* as the user wrote it, who keeps it */
    const struct rise_figure *figure;
    int64_t most;
};

/* All zero is none. */
struct rise_limits {
    struct rise_limit *items;
    size_t count, room;
};

/* Adds what --limit was given. 0, or -EINVAL with a complaint (COMPLAINT_BYTES). */
int rise_add(struct rise_limits *limits, const char *words, char *complaint);
void rise_finish(struct rise_limits *limits);

/* Writes which limits are broken and by what; nothing if all are kept. How many are broken. */
size_t rise_judge(const struct rise_limits *limits, const struct comparison *comparison,
                  const struct screen *screen, FILE *file);

#endif
