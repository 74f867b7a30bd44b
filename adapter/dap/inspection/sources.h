/* SPDX-License-Identifier: MIT */
/*
 * sources: loadedSources and its event. The runtime knows what has been loaded.
 */
#ifndef LUAHEAT_DAP_SOURCES_H
#define LUAHEAT_DAP_SOURCES_H

#include <cJSON.h>

struct session;

/* The runtime's event: one has appeared. */
void sources_loaded(struct session *session, const cJSON *body);

#endif
