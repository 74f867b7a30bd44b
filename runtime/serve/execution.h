/* SPDX-License-Identifier: MIT */
/*
 * execution: how the program starts, and the requests that make it run and stop.
 */
#ifndef LUAHEAT_SERVE_EXECUTION_H
#define LUAHEAT_SERVE_EXECUTION_H

struct server;

/* Says `ready` and serves until configurationDone. Before the Lua state exists. script: the file's
   name, NULL if it is standard input. Without a link it returns at once. */
void execution_await_configuration(struct server *server, const char *script);

/* The script's first line is about to run: where stopOnEntry stops. */
void execution_begin_script(struct server *server);

#endif
