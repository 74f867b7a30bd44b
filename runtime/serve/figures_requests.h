/* SPDX-License-Identifier: MIT */
/*
 * figures_requests: moments of which the adapter reads the figures: a stop, and whenever the user
 * wants a snapshot, after which the program goes on at once. The figures lie in shared memory, so
 * the program waits until they have been read: then they are of this moment, however the adapter is
 * scheduled.
 */
#ifndef LUAHEAT_SERVE_FIGURES_REQUESTS_H
#define LUAHEAT_SERVE_FIGURES_REQUESTS_H

#include <cjson/cJSON.h>
#include <lua.h>

struct server;

/* Sends an event of such a moment, which becomes a snapshot (windows.h), and waits until the
   adapter has read the figures. Takes the body. L runs, or is stopped. */
void figures_requests_show(struct server *server, lua_State *L, const char *event, cJSON *body);

#endif
