/* SPDX-License-Identifier: MIT */
/*
 * requests: the list of all requests, a table per topic.
 *
 * How to add a request:
 *   1. Choose the topic file it belongs to, or make one (and name it in meson.build).
 *   2. Write its function: read the arguments, return if one is wrong, then answer, now or later.
 *   3. Add a row to the table at the end of that file: in which states it is legal, which
 * capabilities it lights up.
 *   4. A new topic's table is declared below and listed in requests.c.
 * Nothing else: dispatch, the check of the state and `initialize` read the tables.
 */
#ifndef LUAHEAT_DAP_REQUESTS_H
#define LUAHEAT_DAP_REQUESTS_H

#include "request.h"

/* Ends with NULL. */
extern const struct request_entry *const requests_tables[];

/* The topics, each in the file of its name (lines_requests: lines_request.c). */
extern const struct request_entry initialize_requests[];
extern const struct request_entry launch_requests[];
extern const struct request_entry breakpoints_requests[];
extern const struct request_entry exceptions_requests[];
extern const struct request_entry memory_breakpoints_requests[];
extern const struct request_entry execution_requests[];
extern const struct request_entry inspection_requests[];
extern const struct request_entry values_requests[];
extern const struct request_entry lines_requests[];
extern const struct request_entry measurements_requests[];
extern const struct request_entry export_requests[];
extern const struct request_entry retainers_requests[];
extern const struct request_entry snapshots_requests[];
extern const struct request_entry sources_requests[];
extern const struct request_entry terminate_threads_requests[];
extern const struct request_entry pending_requests[];
extern const struct request_entry restart_requests[];
extern const struct request_entry ending_requests[];

#endif
