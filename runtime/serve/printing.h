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

/* Prints text to the editor's console, with the place of the event, and waits until it is shown. In
   the hook of L. */
void printing_show(struct server *server, lua_State *L, lua_Debug *event, const char *text);

#endif
