/* SPDX-License-Identifier: MIT */
/*
 * serve: the runtime's side of the link as a whole: what an interpreter does with it. It puts the
 * topics together and is the debugger's listener: it decides whether a reason to stop is enough,
 * tells of the stop and serves until the program is to go on.
 */
#ifndef LUAHEAT_SERVE_SERVE_H
#define LUAHEAT_SERVE_SERVE_H

#include "server.h"

/* The tables of all topics; ends with NULL. */
extern const struct server_request *const serve_topics[];

/* link: a connected socket, which becomes the server's, or -1. bell and figures may be NULL. 0 or
   -ENOMEM. */
int serve_init(struct server *server, int link, struct bell *bell, struct figures *figures);
void serve_finish(struct server *server);

/* Says `ready` and serves until configurationDone. Before the Lua state exists. script: the file's
   name, NULL if it is standard input. Without a link it returns at once. */
void serve_configure(struct server *server, const char *script);

/* The script's first line is about to run: where stopOnEntry stops. */
void serve_begin_script(struct server *server);

#endif
