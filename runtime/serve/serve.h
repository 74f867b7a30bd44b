/* SPDX-License-Identifier: MIT */
/*
 * serve: the runtime's side of the link as a whole: what an interpreter does with it. It puts
 * together what is served, and the debugger that it listens to.
 */
#ifndef LUAHEAT_SERVE_SERVE_H
#define LUAHEAT_SERVE_SERVE_H

#include "server.h"

struct figures;

/* The tables of all topics; ends with NULL. */
extern const struct server_request *const serve_topics[];

/* link: a connected socket, which becomes the server's, or -1. bell and figures may be NULL. root:
   the host's function that the main thread runs everything from; NULL: unknown. NULL if memory is
   out: the link is closed then. */
struct server *serve_create(int link, struct bell *bell, struct figures *figures,
                            lua_CFunction root);
void serve_destroy(struct server *server); /* NULL: nothing */

/* The server of the debugger that L belongs to; NULL: there is none. */
struct server *serve_of(lua_State *L);

#endif
