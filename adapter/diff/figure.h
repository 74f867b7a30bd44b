/* SPDX-License-Identifier: MIT */
/*
 * figure: what is compared of a line. Bytes, but allocations (events).
 */
#ifndef LUAHEAT_DIFF_FIGURE_H
#define LUAHEAT_DIFF_FIGURE_H

#include <stdbool.h>

enum figure {
    FIGURE_GROWTH,
    FIGURE_LIVE,
    FIGURE_ALLOCATED,
    FIGURE_FREED,
    FIGURE_PEAK,
    FIGURE_ALLOCATIONS,
    FIGURES
};

/* As reports have it: "growth", ..., "at_peak". */
const char *figure_name(enum figure figure);

/* As --sort has it: "growth", ..., "peak". 0 or -EINVAL. */
int figure_parse(const char *word, enum figure *figure);

#endif
