/* SPDX-License-Identifier: MIT */
#include "columns.h"
#include "lines.h"

#include <criterion/criterion.h>
#include <string.h>

Test(columns, are_found_by_their_words) {
    cr_assert_eq(columns_find(COLUMNS_TO_SORT, "peak", 4), COLUMN_AT_PEAK);
    cr_assert_eq(columns_find(COLUMNS_TO_SORT, "line", 4), COLUMN_LINE);
    cr_assert_eq(columns_find(COLUMNS_TO_SORT, "growth=1KB", 6), COLUMN_GROWTH);
    cr_assert_eq(columns_find(COLUMNS_TO_SORT, "", 0), COLUMN_NONE);
    cr_assert_eq(columns_find(COLUMNS_TO_SORT, "Growth", 6), COLUMN_NONE);
    cr_assert_eq(columns_find(COLUMNS_TO_SORT, "at_peak", 7), COLUMN_NONE);
    cr_assert_eq(columns_find(COLUMNS_TO_LIMIT, "line", 4), COLUMN_NONE, "it is no figure");
}

/* Whoever takes a column finds what it needs of it. */
static void check_each(enum columns_use use, bool (*has)(const struct column *column)) {
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        cr_assert(has(&columns_table[*id]), "list %d: '%s'", use, columns_table[*id].name);
}

static bool has_title(const struct column *column) {
    return column->title != NULL && column->meaning != NULL;
}

static bool has_heading(const struct column *column) {
    return column->title != NULL && column->value != NULL;
}

static bool has_value(const struct column *column) {
    return column->value != NULL && column->name != NULL;
}

static bool has_key(const struct column *column) {
    return column->key != NULL;
}

static bool has_label(const struct column *column) {
    return column->label != NULL && column->value != NULL;
}

static bool has_order(const struct column *column) {
    return column->word != NULL && column->order != NULL;
}

static bool has_amount(const struct column *column) {
    return column->word != NULL && column->amount != NULL;
}

static bool has_total(const struct column *column) {
    return has_amount(column) && column->total != NULL;
}

static bool has_change(const struct column *column) {
    return column->change != NULL && column->title != NULL && column->name != NULL;
}

Test(columns, have_what_those_who_take_them_need) {
    check_each(COLUMNS_IN_TABLE, has_title);
    check_each(COLUMNS_BESIDE_SOURCE, has_title);
    check_each(COLUMNS_IN_CSV, has_value);
    check_each(COLUMNS_IN_JSON, has_value);
    check_each(COLUMNS_OF_KIND, has_value);
    check_each(COLUMNS_IN_LINES, has_key);
    check_each(COLUMNS_BETWEEN, has_key);
    check_each(COLUMNS_TURNOVER, has_key);
    check_each(COLUMNS_WITH_CALLEES, has_key);
    check_each(COLUMNS_WITH_CALLEES_IN_REPORT, has_value);
    check_each(COLUMNS_WITH_CALLEES_IN_TABLE, has_heading);
    check_each(COLUMNS_IN_SCOPE, has_label);
    check_each(COLUMNS_TO_SORT, has_order);
    check_each(COLUMNS_TO_LIMIT, has_amount);
    check_each(COLUMNS_TO_LIMIT_TOTAL, has_total);
    check_each(COLUMNS_TO_COMPARE, has_change);
    check_each(COLUMNS_COMPARED, has_title);
}

/* What is sorted by is shown, and is compared as well, unless it is an estimate. */
Test(columns, that_lines_are_sorted_by_can_be_shown_and_compared) {
    for (const enum column_id *id = columns_for(COLUMNS_TO_SORT); *id != COLUMN_LINE; id++) {
        cr_assert(has_title(&columns_table[*id]));
        const enum column_id *compared = columns_for(COLUMNS_TO_COMPARE);
        while (*compared != COLUMN_NONE && *compared != *id)
            compared++;
        cr_assert(*compared == *id || *id == COLUMN_WITH_CALLEES, "%s", columns_table[*id].name);
    }
}

Test(columns, take_their_numbers_from_a_row) {
    const struct lines_row row = {.line = 1,
                                  .allocations = 2,
                                  .allocated = 3,
                                  .freed = 4,
                                  .live = 5,
                                  .growth = -6,
                                  .at_peak = 7,
                                  .retained = 8,
                                  .turnover = {9, 10, 11},
                                  .stacks = 1000,
                                  .below = {.allocated = {100, 3 * STACKS_PARTS},
                                            .live = {50, 8 * STACKS_PARTS},
                                            .growth = {-20, 15 * STACKS_PARTS}},
                                  .kinds = {[FIGURES_BUFFER] = {.allocations = 100},
                                            [FIGURES_TABLE] = {.allocations = 14, .frees = 4},
                                            [FIGURES_STRING] = {.allocations = 3, .frees = 1}}};
    const int64_t expected[COLUMNS] = {[COLUMN_LINE] = 1,
                                       [COLUMN_ALLOCATIONS] = 2,
                                       [COLUMN_ALLOCATED] = 3,
                                       [COLUMN_FREED] = 4,
                                       [COLUMN_LIVE] = 5,
                                       [COLUMN_GROWTH] = -6,
                                       [COLUMN_AT_PEAK] = 7,
                                       [COLUMN_RETAINED] = 8,
                                       [COLUMN_NEW] = 9,
                                       [COLUMN_SURVIVED] = 10,
                                       [COLUMN_GONE] = 11,
                                       [COLUMN_OBJECTS] = 12,
                                       [COLUMN_WITH_CALLEES] = 103,
                                       [COLUMN_WITH_CALLEES_ERROR] = 2 * 1960,
                                       [COLUMN_LIVE_WITH_CALLEES] = 55,
                                       [COLUMN_LIVE_WITH_CALLEES_ERROR] = 3 * 1960,
                                       [COLUMN_GROWTH_WITH_CALLEES] = -26,
                                       [COLUMN_GROWTH_WITH_CALLEES_ERROR] = 4 * 1960};
    for (enum column_id id = COLUMN_LINE; id < COLUMNS; id++)
        if (columns_table[id].value != NULL)
            cr_assert_eq(columns_table[id].value(&row), expected[id], "%s", columns_table[id].name);
}

Test(columns, words_are_listed_in_their_order) {
    char text[COLUMNS_WORDS_BYTES];
    cr_assert_str_eq(columns_words(COLUMNS_TO_LIMIT_TOTAL, " or ", text),
                     "allocated, allocations or objects");
    cr_assert_str_eq(columns_words(COLUMNS_TO_SORT, ", ", text),
                     "growth, allocated, freed, live, peak, allocations, objects, callees, line");
}
