/* SPDX-License-Identifier: MIT */
/*
 * runtime_events: what the runtime says by itself, and what is done about it.
 */
#ifndef LUAHEAT_DAP_RUNTIME_EVENTS_H
#define LUAHEAT_DAP_RUNTIME_EVENTS_H

#include <cJSON.h>

/* A runtime_event_function; data is the program. Events we do not know are passed over. */
void runtime_events_handle(void *data, const char *event, const cJSON *body);

#endif
