/* SPDX-License-Identifier: MIT */
/*
 * table_view: what unfolding a table shows: its sequence by index, then its other entries sorted,
 * then its metatable. Large tables are shown in parts (listing.h, entries.h), so that the first
 * answer never walks more than a fixed number of entries.
 *
 * All take the table on top of the stopped thread's stack.
 */
#ifndef LUAHEAT_INSPECT_TABLE_VIEW_H
#define LUAHEAT_INSPECT_TABLE_VIEW_H

#include "listing.h"

void table_view_all(struct listing *listing);
void table_view_globals(struct listing *listing);
void table_view_library(struct listing *listing);
void table_view_items(struct listing *listing);
void table_view_others(struct listing *listing);
void table_view_group(struct listing *listing);

#endif
