/* SPDX-License-Identifier: MIT */
/*
 * lookout: who notices which coroutine a state is about to run. A host may make one for each call,
 * and give it a hook of its own before it is resumed: no hook of the main thread's comes into it.
 * But its first call allocates. So while a lookout stands, a function of ours is in the place of
 * the state's allocator, which it calls, with the same data: there is but one word to be changed,
 * and it can come at any instruction. It measures nothing.
 *
 * Who keeps that function longer (a state that is made with it) has the allocator, for ever.
 */
#ifndef LUAHEAT_DOOR_LOOKOUT_H
#define LUAHEAT_DOOR_LOOKOUT_H

#include <lua.h>
#include <stdatomic.h>
#include <stdbool.h>

/* The struct stays where it is from its beginning to its end. */
struct lookout {
    lua_State *main;
    const void *registry; /* lua_topointer: tells the state from others */
    /* The state's youngest coroutine, on the OS thread that it was made on, whenever there is
       allocated something. In the allocator: may set its hook. */
    void (*on_youngest)(void *data, lua_State *L);
    void *data;
    atomic_bool stands;
    const void *block;     /* of the youngest; NULL: none */
    const void *os_thread; /* process_here() of its maker */
    bool has_stack;
    struct lookout *next; /* of this process */
};

/* Before its state's first lookout; in a C function of the state, which has its own allocator. With
   more than a few allocators in a process those that come late have no lookout. */
void lookout_prepare(struct lookout *lookout);
void lookout_forget(struct lookout *lookout);

/* On the OS thread of the state, also in a signal handler. It may stand already. */
void lookout_begin(struct lookout *lookout);

/* In the state, not while it allocates; it need not stand. */
void lookout_end(struct lookout *lookout);

/* In a child of the process: whoever was allocating is not there. */
void lookout_forked(void);

#endif
