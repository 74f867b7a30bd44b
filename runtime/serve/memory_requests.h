/* SPDX-License-Identifier: MIT */
/*
 * memory_requests: the exception filter "memory", and memory breakpoints: the program stops where
 * it, or a line, takes more memory than it should.
 */
#ifndef LUAHEAT_SERVE_MEMORY_REQUESTS_H
#define LUAHEAT_SERVE_MEMORY_REQUESTS_H

#include <cjson/cJSON.h>

struct server;

/* The filter is off. */
void memory_requests_clear_filter(struct server *server);

/* above: bytes by "heap", "growth", "line", "allocation"; those that are not there are not set.
   NULL, or why it cannot be, for the user. */
const char *memory_requests_set_filter(struct server *server, const cJSON *above);

/* The memory breakpoint that is hit, in words, for an event `stopped`. */
void memory_requests_describe_hit(const struct server *server, cJSON *body);

#endif
