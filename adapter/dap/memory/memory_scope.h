/* SPDX-License-Identifier: MIT */
/*
 * memory_scope: the scope "Memory" that stands beside the runtime's own at every stop, so that
 * every editor shows memory: the heap, how it changed since the last stop, and the lines that grew
 * most.
 *
 * Its references carry the number of the stop: one from an earlier stop is an error, not another
 * line's figures.
 */
#ifndef LUAHEAT_DAP_MEMORY_SCOPE_H
#define LUAHEAT_DAP_MEMORY_SCOPE_H

#include "request.h"

/* Appends the scope to the body of a `scopes` response. Does nothing if memory is off. A
   forwarding_amend_function; data is the program. */
void memory_scope_append(void *data, cJSON *body);

/* Answers `variables` for a reference from LINK_REFERENCES on, or has it answered. start and count
   are DAP's. */
void memory_scope_variables(struct request *request, int64_t reference, int64_t start,
                            int64_t count);

#endif
