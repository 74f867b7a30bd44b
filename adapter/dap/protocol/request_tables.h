/* SPDX-License-Identifier: MIT */
/*
 * request_tables: the tables of all requests, each at the end of the file of its topic.
 *
 * How to add a request:
 *   1. Choose the file of the topic that it belongs to, or make one (and name it in its room's
 *      meson.build, and its table below).
 *   2. Write its function: read the arguments, return if one is wrong, then answer, now or later.
 *   3. Add a row to the table at the end of that file: in which states it is legal, which
 *      capabilities it lights up.
 * Nothing else: dispatch, the check of the state and `initialize` read the tables.
 */
#ifndef LUAHEAT_DAP_REQUEST_TABLES_H
#define LUAHEAT_DAP_REQUEST_TABLES_H

#include "request.h"

#define REQUEST_TABLES(TABLE)                                                                      \
    TABLE(session_requests)                                                                        \
    TABLE(shown_requests)                                                                          \
    TABLE(breakpoint_requests)                                                                     \
    TABLE(exception_filters_requests)                                                              \
    TABLE(memory_breakpoint_requests)                                                              \
    TABLE(execution_requests)                                                                      \
    TABLE(inspection_requests)                                                                     \
    TABLE(lines_requests)                                                                          \
    TABLE(snapshot_requests)                                                                       \
    TABLE(measure_requests)                                                                        \
    TABLE(measurement_requests)                                                                    \
    TABLE(export_requests)                                                                         \
    TABLE(stacks_requests)                                                                         \
    TABLE(retainers_requests)                                                                      \
    TABLE(largest_requests)

#define REQUEST_TABLES_DECLARE(table) extern const struct request_entry table[];
REQUEST_TABLES(REQUEST_TABLES_DECLARE)
#undef REQUEST_TABLES_DECLARE

#endif
