/* SPDX-License-Identifier: MIT */
/*
 * coroutine: what a thread is to its user: a name and what it does now.
 *
 * Nothing is kept but the numbers of threads that are named (threads_id).
 */
#ifndef LUAHEAT_DESCRIBE_COROUTINE_H
#define LUAHEAT_DESCRIBE_COROUTINE_H

#include "string_builder.h"
#include "threads.h"

#include <lua.h>

/* The threads of a program, seen from the one that runs. */
struct coroutines {
    struct threads *threads;
    lua_State *running; /* a C module may have resumed it, so that the chain does not tell */
};

enum coroutine_state {
    COROUTINE_RUNNING,   /* the one that runs, or is stopped */
    COROUTINE_NORMAL,    /* it has resumed another one */
    COROUTINE_SUSPENDED, /* it has yielded */
    COROUTINE_NEW,       /* it has not been resumed yet */
    COROUTINE_DEAD,      /* it has returned, or failed */
};

enum coroutine_state coroutine_state(const struct coroutines *coroutines, lua_State *L);

/* Its state in Lua's words. */
const char *coroutine_status(enum coroutine_state state);

/* "main", or "coroutine 3 (file.lua:12), suspended at file.lua:40": where it was made, and what it
   does. */
void coroutine_write(struct string_builder *builder, const struct coroutines *coroutines,
                     struct thread *thread);

/* Is it alive, and not the debugger's own? */
bool coroutine_is_listed(const struct coroutines *coroutines, const struct thread *thread);

#endif
