/* SPDX-License-Identifier: MIT */
/*
 * rows_json: rows of figures as lines_json.h tells them, written as one text. There are many
 * thousands of them with twenty numbers each, of which a tree (cJSON) takes ten times as long.
 */
#ifndef LUAHEAT_DAP_ROWS_JSON_H
#define LUAHEAT_DAP_ROWS_JSON_H

#include "lines.h"
#include "positions.h"

#include <cJSON.h>
#include <stddef.h>

/* What stands in a row; behind it COLUMNS_TURNOVER, if that is known, and COLUMNS_WITH_CALLEES, if
   stacks are looked at. */
static inline enum columns_use rows_json_columns(const struct lines *lines) {
    return lines->between ? COLUMNS_BETWEEN : COLUMNS_IN_LINES;
}

/* An array of so many of the rows of `lines`: a value that is written already. */
typedef cJSON *rows_json_function(const struct lines *lines, const struct lines_row *const *rows,
                                  size_t count, const struct positions *positions);

rows_json_function rows_json;

/* Rows that have the same figures are one, with an array of their lines. */
rows_json_function rows_json_together;

#endif
