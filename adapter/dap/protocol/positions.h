/* SPDX-License-Identifier: MIT */
/*
 * positions: lines and columns as the client counts them, from 0 or from 1. Inside the adapter and
 * on the link both start at 1, as Lua's lines do; the server converts whole messages where they
 * enter and leave, so no request has to think of it.
 *
 * DAP's field names decide: the numbers of every field called line, endLine, column or endColumn.
 * 0 means "none" and stays.
 */
#ifndef LUAHEAT_DAP_POSITIONS_H
#define LUAHEAT_DAP_POSITIONS_H

#include <cJSON.h>
#include <stdint.h>

/* All zero: both start at 1. */
struct positions {
    int line_shift, column_shift; /* 1 if the client's first is 0, else 0 */
};

void positions_from_client(const struct positions *positions, cJSON *json);
void positions_to_client(const struct positions *positions, cJSON *json);

/* One line number, for where it is not a field. */
int64_t positions_line_to_client(const struct positions *positions, int64_t line);

#endif
