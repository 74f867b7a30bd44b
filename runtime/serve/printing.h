/* SPDX-License-Identifier: MIT */
/*
 * printing: what breakpoints print appears among what the program prints, in the order in which it
 * happened. They come to the adapter on two ways, so before the program goes on the adapter says
 * that it has shown ours, and all that came before. That also keeps a busy logpoint from flooding
 * the editor.
 */
#ifndef LUAHEAT_SERVE_PRINTING_H
#define LUAHEAT_SERVE_PRINTING_H

#include <lua.h>

struct server;

/* What the program has printed goes out. In somebody else's that is standard output alone, and only
   if no other OS thread is at it: whoever holds a stream may hold it for long. */
void printing_flush(const struct server *server);

/* Prints text to the editor's console, with the place of the event, and waits until it is shown. In
   the hook of L. */
void printing_show(struct server *server, lua_State *L, lua_Debug *event, const char *text);

#endif
