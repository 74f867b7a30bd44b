/* SPDX-License-Identifier: MIT */
/*
 * execution: running, stepping, pausing; and what happens when the program stops.
 */
#ifndef LUAHEAT_DAP_EXECUTION_H
#define LUAHEAT_DAP_EXECUTION_H

#include <cJSON.h>

struct session;

/* The runtime's event: the program has stopped. */
void execution_stopped(struct session *session, const cJSON *body);

/* The client is told of a thread of this number. */
void execution_note_thread(struct session *session, const cJSON *id);

/* The program goes on without having been told to. */
void execution_say_continued(struct session *session);

#endif
