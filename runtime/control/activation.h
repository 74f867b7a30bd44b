/* SPDX-License-Identifier: MIT */
/*
 * activation: a frame of a thread, known for as long as it lives.
 *
 * Whether it does is not asked of Lua at each event, as that costs the depth of the stack: who is
 * told of each call and return knows how far down the frame is. Only errors take frames away
 * untold. Then the next event does not come from the frame that ran last, and the frame is searched
 * for.
 */
#ifndef LUAHEAT_CONTROL_ACTIVATION_H
#define LUAHEAT_CONTROL_ACTIVATION_H

#include "threads.h"

#include <lua.h>
#include <stdbool.h>

struct activation {
    lua_State *thread;
    int thread_id; /* another thread may come to lie at the same address */
    lua_Debug record;
    int height;      /* of the frame above the bottom of the stack */
    int level;       /* so many frames are above it */
    const void *top; /* the frame that ran on the thread at the last event */
    bool gone;
};

/* The frame is at this level of the stack, which costs its depth. The program is stopped. */
void activation_init(struct activation *activation, struct threads *threads, lua_State *L,
                     const lua_Debug *record, int level);

/* Must be told of each call, tail call and return in the hook of any thread. */
void activation_follow(struct activation *activation, const lua_State *L, const lua_Debug *event);

/* Does it live? Then the record may be given to lua_getlocal. */
bool activation_lives(struct activation *activation, struct threads *threads);

#endif
