/* SPDX-License-Identifier: MIT */
/*
 * suspects: which lines of a measurement (windows.h) look like leaks: those of which what lives
 * grows without end (suspicion.h). The program judges itself with it, and whoever reads its
 * figures.
 */
#ifndef LUAHEAT_LINK_SUSPECTS_H
#define LUAHEAT_LINK_SUSPECTS_H

#include "suspicion.h"
#include "windows.h"

#include <stddef.h>
#include <stdint.h>

/* The points of a measurement that count: `count` of them from `first` on. */
struct suspects_points {
    size_t first, count;
};

/* Those after the warm-up, so many windows; none if the last of them does not tell what has
   happened lately. */
struct suspects_points suspects_points(const struct measurement *measurement, uint64_t warmup);

/* living: room for WINDOWS_POINTS; then the line's bytes at each of the points. A pseudo site is
   no suspect. The program may have scribbled over its figures: any are read. */
struct suspicion suspects_judge(const struct measurement *measurement,
                                const struct suspects_points *points,
                                const struct window_line *line, int64_t *living);

/* Those of all measurements: sets the bit of each one's site. */
void suspects_mark(const struct windows_figures *windows, uint64_t warmup, uint64_t *sites);

#endif
