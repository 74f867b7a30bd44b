/* SPDX-License-Identifier: MIT */
#include "sort.h"

#include <stdlib.h>

/* qsort() has no place for it. */
static _Thread_local struct order {
    sort_compare *compare;
    void *data;
} order;

static int compare_by_order(const void *left, const void *right) {
    return order.compare(left, right, order.data);
}

void sort(void *base, size_t count, size_t size, sort_compare *compare, void *data) {
    struct order outer = order; /* a comparison may sort */
    order = (struct order){compare, data};
    if (count > 1)
        qsort(base, count, size, compare_by_order);
    order = outer;
}
