/* SPDX-License-Identifier: MIT */
/*
 * memory_alarms: the exception filter "memory", and memory breakpoints: the program stops where it,
 * or a line, takes more memory than it should.
 */
#ifndef LUAHEAT_SERVE_MEMORY_ALARMS_H
#define LUAHEAT_SERVE_MEMORY_ALARMS_H

#include <cjson/cJSON.h>

struct server;

/* No alarms. */
void memory_alarms_clear(struct server *server);

/* above: bytes by "heap", "growth", "line", "allocation"; those that are not there do not ring.
   NULL, or why it cannot be, for the user. */
const char *memory_alarms_set(struct server *server, const cJSON *above);

/* What rings, in words, for an event `stopped`. */
void memory_alarms_describe(const struct server *server, cJSON *body);

#endif
