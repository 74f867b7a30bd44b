/* SPDX-License-Identifier: MIT */
/*
 * looking: at the heap of a program that runs, and that notices nothing of it: for what is told
 * without a link (telling.h).
 */
#ifndef LUAHEAT_SERVE_LOOKING_H
#define LUAHEAT_SERVE_LOOKING_H

#include "collector.h"
#include "heap_walk.h"

#include <lua.h>

struct account;

/* All zero at first. */
struct looking {
    struct heap heap;
    struct collector_hold collector;
};

/* Calls the function with `data` as light userdata, in a frame of its own of whose slots none is
   the program's. In a hook of L, a message handler, or os.exit; with figures. An error that it
   raises ends it. */
void looking_run(struct looking *looking, struct account *account, lua_State *L,
                 lua_CFunction function, void *data);

#endif
