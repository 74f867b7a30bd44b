/* SPDX-License-Identifier: MIT */
#include "spread.h"

#include <math.h>
#include <stdlib.h>

void spread_add(struct spread_series *series, int64_t value) {
    series->values[series->count++] = value;
}

static int compare_values(const void *a, const void *b) {
    const int64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* Around the middle, so that sums stay small. */
static int64_t slope(const struct spread_series *series) {
    double middle = ((double)series->count - 1) / 2, mean = 0, above = 0, below = 0;
    for (size_t i = 0; i < series->count; i++)
        mean += (double)series->values[i] / (double)series->count;
    for (size_t i = 0; i < series->count; i++) {
        above += ((double)i - middle) * ((double)series->values[i] - mean);
        below += ((double)i - middle) * ((double)i - middle);
    }
    double rise = below > 0 ? round(above / below) : 0;
    if (rise >= 0x1p63)
        return INT64_MAX;
    return rise < -0x1p63 ? INT64_MIN : (int64_t)rise;
}

/* To 0. */
static int64_t middle(int64_t a, int64_t b) {
    if ((a < 0) != (b < 0))
        return (a + b) / 2;
    return a / 2 + b / 2 + (a % 2 + b % 2) / 2;
}

struct spread spread_of(struct spread_series *series) {
    size_t count = series->count;
    if (count == 0)
        return (struct spread){0};
    struct spread spread = {.last = series->values[count - 1], .trend = slope(series)};
    qsort(series->values, count, sizeof series->values[0], compare_values);
    spread.min = series->values[0];
    spread.max = series->values[count - 1];
    spread.median = middle(series->values[(count - 1) / 2], series->values[count / 2]);
    return spread;
}
