/* SPDX-License-Identifier: MIT */
/*
 * telling: what a program that nobody debugs tells whoever has started it: when its script ends, or
 * as its heap is at its largest. The program does not stop for it, and its heap stays as it was.
 * What is told is an object; each member of it is made by a file of its own (why.h).
 *
 * The peak is known only when it is over. So it is told each time that the heap is a tenth larger
 * than when it was told last, and so of a heap that has at least ten elevenths of the peak's bytes.
 * All walks together then take about eleven times as long as the last one.
 */
#ifndef LUAHEAT_SERVE_TELLING_H
#define LUAHEAT_SERVE_TELLING_H

#include <cjson/cJSON.h>
#include <lua.h>
#include <stdbool.h>

struct server;

/* The arguments of setMeasuring. Without somewhere to answer nothing is told. */
void telling_set(struct server *server, const cJSON *arguments);

/* The script is about to end, in L: in a hook of L, a message handler, or os.exit. A host may run
   more of them. */
void telling_at_end(struct server *server, lua_State *L);

/* debugger_listener's on_return: was that the end? */
void telling_at_return(struct server *server, bool outermost);

/* A host closes its state, in a finalizer. What its calls had is gone, so this counts only if it
   has done something since the end was told. */
void telling_at_close(struct server *server, lua_State *L);

/* The heap is larger than ever, in a hook of L. False: nobody wants to know. */
bool telling_at_peak(struct server *server, lua_State *L);

#endif
