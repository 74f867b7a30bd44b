/* SPDX-License-Identifier: MIT */
#include "sort.h"

#include <criterion/criterion.h>

static int compare_by_weight(const void *left, const void *right, void *data) {
    const int *weights = data;
    int a = weights[*(const int *)left], b = weights[*(const int *)right];
    return (a > b) - (a < b);
}

Test(sort, compares_by_what_it_is_given) {
    int weights[] = {30, 10, 20}, order[] = {0, 1, 2};
    sort(order, 3, sizeof *order, compare_by_weight, weights);
    cr_assert_arr_eq(order, ((int[]){1, 2, 0}), sizeof order);
    int others[] = {1, 3, 2};
    sort(order, 3, sizeof *order, compare_by_weight, others);
    cr_assert_arr_eq(order, ((int[]){0, 2, 1}), sizeof order);
}

static int compare_backwards(const void *left, const void *right, void *data) {
    return -compare_by_weight(left, right, data);
}

/* Sorts something else, the other way round, before it compares. */
static int compare_and_sort(const void *left, const void *right, void *data) {
    int weights[] = {1, 2, 3}, order[] = {0, 1, 2};
    sort(order, 3, sizeof *order, compare_backwards, weights);
    cr_assert_arr_eq(order, ((int[]){2, 1, 0}), sizeof order);
    return compare_by_weight(left, right, data);
}

Test(sort, a_comparison_may_sort) {
    int weights[] = {5, 4, 3, 2, 1}, order[] = {0, 1, 2, 3, 4};
    sort(order, 5, sizeof *order, compare_and_sort, weights);
    cr_assert_arr_eq(order, ((int[]){4, 3, 2, 1, 0}), sizeof order);
}

Test(sort, of_nothing_is_fine) {
    sort(NULL, 0, sizeof(int), compare_by_weight, NULL);
}
