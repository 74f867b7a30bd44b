/* SPDX-License-Identifier: MIT */
/*
 * breakpoint_table: the breakpoints the client has set: by source those of lines, and one list each
 * of those on functions and on data. Owns their ids, so that they mean the same to the client
 * before, while and after there is a runtime. What the runtime made of them is not kept here.
 */
#ifndef LUAHEAT_DAP_BREAKPOINT_TABLE_H
#define LUAHEAT_DAP_BREAKPOINT_TABLE_H

#include <cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct breakpoint {
    int id;
    uint32_t place; /* a hash of where it is */
    cJSON *asked;   /* DAP's SourceBreakpoint, FunctionBreakpoint or DataBreakpoint */
};

/* What one request sets. */
struct breakpoint_set {
    struct breakpoint_set *next;
    const char *command; /* the request's */
    cJSON *source;       /* of lines: DAP's Source, as the client spelled it; else NULL */
    size_t count;
    struct breakpoint *list;
};

/* Start with {0}. */
struct breakpoint_table {
    struct breakpoint_set *first;
    int last_id;
};

void breakpoint_table_finish(struct breakpoint_table *table);

/* Replaces all breakpoints of the set by those asked for (an array of objects; NULL: none); they
   and the source are copied, the command must be constant. One asked for again at the same line and
   column, function or data keeps its id; others get ids that were never used. A source has a path,
   or else a sourceReference; NULL if the command knows none. */
const struct breakpoint_set *breakpoint_table_replace(struct breakpoint_table *table,
                                                      const char *command, const cJSON *source,
                                                      const cJSON *asked);

bool breakpoint_table_has(const struct breakpoint_table *table, int id);

#endif
