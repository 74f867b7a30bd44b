/* SPDX-License-Identifier: MIT */
/*
 * sort: qsort() whose comparison is told what it compares by. (The qsort_r() of some systems takes
 * its arguments in another order than that of others.)
 */
#ifndef LUAHEAT_BASE_SORT_H
#define LUAHEAT_BASE_SORT_H

#include <stddef.h>

typedef int sort_compare(const void *left, const void *right, void *data);

/* Ascending. Not stable. `base` may be NULL if there is nothing to sort. */
void sort(void *base, size_t count, size_t size, sort_compare *compare, void *data);

#endif
