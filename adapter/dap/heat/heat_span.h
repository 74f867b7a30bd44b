/* SPDX-License-Identifier: MIT */
/*
 * heat_span: the lines between two moments that are kept (kept_snapshots.h).
 */
#ifndef LUAHEAT_DAP_HEAT_SPAN_H
#define LUAHEAT_DAP_HEAT_SPAN_H

#include "heat_map.h"

/* From one snapshot to another, by their ids; 0: from the start, until now. Without both it is what
   heat_map_read gives. */
struct heat_span {
    int64_t since, until;
};

/* One that is asked for and is not kept; 0: none. */
int64_t heat_span_unknown(const struct heat_map *heat, struct heat_span span);

/* Of ids that are kept; end with lines_finish(). Empty if memory is off. */
void heat_span_read(const struct heat_map *heat, struct heat_span span, struct lines *lines);

#endif
