/* SPDX-License-Identifier: MIT */
/*
 * sources: loadedSources and its event. The runtime knows what has been loaded.
 */
#ifndef LUAHEAT_DAP_SOURCES_H
#define LUAHEAT_DAP_SOURCES_H

#include <cJSON.h>
#include <stdint.h>

struct session;

struct sources {
    uint32_t seen; /* how many the figures knew of when the runtime was last asked to look */
};

/* The runtime's event: one has appeared. */
void sources_loaded(struct session *session, const cJSON *body);

/* The program runs. Where the figures show that there are new ones, the runtime is made to tell of
   them. */
void sources_look(struct session *session);

#endif
