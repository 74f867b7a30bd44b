/* SPDX-License-Identifier: MIT */
/*
 * frame: a function call on a thread's stack, looked at by lua_getinfo and lua_getlocal: what a
 * name means in it (lookup.h), what its variables are declared (attributes.h, constants.h), what
 * code says there. Whoever has one knows that it lives: in the hook that it is in, or at a stop.
 */
#ifndef LUAHEAT_EVALUATE_FRAME_H
#define LUAHEAT_EVALUATE_FRAME_H

#include <lua.h>
#include <stdbool.h>

struct threads;

/* Its thread has 2 free stack slots. */
struct frame {
    lua_State *L;
    int level;        /* lua_getstack's, when the record was taken */
    lua_Debug record; /* lua_getstack's, or that of a hook */
};

/* A frame of a coroutine that may have run on meanwhile: takes its record anew. False: it is gone.
 */
bool frame_renew(struct frame *frame, struct threads *threads);

/* Goes on from a frame whose record is lua_getstack's to the one that is so many levels further
   out. False: there is none. */
bool frame_go_out(struct frame *frame, int levels);

/* How many frames the thread has. Costs least if the guess is near. */
int frame_count(lua_State *L, int guess);

#endif
