/* SPDX-License-Identifier: MIT */
/*
 * spread: how a figure behaves over windows: least, most, middle, and whether it rises.
 */
#ifndef LUAHEAT_ADAPTER_SPREAD_H
#define LUAHEAT_ADAPTER_SPREAD_H

#include "windows.h"

#include <stddef.h>
#include <stdint.h>

/* All zero if there are no windows. Of an even number of them the median is between the middle two,
   cut to a whole number; trend: how much it rises from window to window (the slope of a least
   squares line, rounded). */
struct spread {
    int64_t last, min, median, max, trend;
};

/* Start with count 0. */
struct spread_series {
    size_t count;
    int64_t values[WINDOWS_KEPT]; /* the oldest first */
};

/* At most WINDOWS_KEPT values. */
void spread_add(struct spread_series *series, int64_t value);

/* Sorts the series. */
struct spread spread_of(struct spread_series *series);

#endif
