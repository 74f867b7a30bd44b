/* SPDX-License-Identifier: MIT */
/*
 * coroutine: what a thread is to its user: a name and what it does now.
 */
#ifndef LUAHEAT_DESCRIBE_COROUTINE_H
#define LUAHEAT_DESCRIBE_COROUTINE_H

#include "inspect.h"
#include "string_builder.h"
#include "threads.h"

#include <lua.h>

struct stop;

enum coroutine_state {
    COROUTINE_RUNNING,   /* the stopped one */
    COROUTINE_NORMAL,    /* it has resumed another one */
    COROUTINE_SUSPENDED, /* it has yielded */
    COROUTINE_NEW,       /* it has not been resumed yet */
    COROUTINE_DEAD,      /* it has returned, or failed */
};

enum coroutine_state coroutine_state(const struct stop *stop, lua_State *L);

/* Its state in Lua's words. */
const char *coroutine_status(enum coroutine_state state);

/* The one whose number is argument "threadId"; NULL, with the problem told, if there is none. */
struct thread *coroutine_asked(const struct stop *stop, const cJSON *arguments,
                               struct inspect_problem *problem);

/* "main", or "coroutine 3 (file.lua:12), suspended at file.lua:40": where it was made, and what it
   does. */
void coroutine_name(const struct stop *stop, struct thread *thread, struct string_builder *builder);

/* Who has resumed it and waits for it; NULL if it does not run, or is the outermost. */
struct thread *coroutine_resumer(const struct stop *stop, const struct thread *thread);

/* Is it alive, and not the debugger's own? */
bool coroutine_is_listed(const struct stop *stop, const struct thread *thread);

#endif
