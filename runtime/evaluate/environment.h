/* SPDX-License-Identifier: MIT */
/*
 * environment: the _ENV of code that is evaluated in a frame: its metatable finds and assigns the
 * frame's locals and upvalues, and else the fields of the frame's own _ENV. What is declared
 * <const> or <close> cannot be assigned to.
 *
 * The code shall not see it. So where it uses _ENV itself, it is given another name (code.h), which
 * means the frame's own _ENV: the local or upvalue of that name. A function that uses no globals
 * has none; there it is the table of globals.
 *
 * A function made by evaluated code may outlive the scope that it was evaluated in. Its names then
 * mean fields of that _ENV only.
 */
#ifndef LUAHEAT_EVALUATE_ENVIRONMENT_H
#define LUAHEAT_EVALUATE_ENVIRONMENT_H

#include "frame.h"

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct chunk_text;
struct threads;

/* What _ENV is called in the code that is compiled. */
#define ENVIRONMENT_OWN "__luaheat_env"

/* The debug library, whatever the program has made of the name `debug`: so that there is code for
   values that only this library reaches. */
#define ENVIRONMENT_DEBUG "__luaheat_debug"

enum { SCOPE_HINTS = 64 };

/* For how long frames may be looked at: a stop, or one run of a breakpoint's code. It must outlive
   the state, as functions may that were made in it. */
struct scope {
    struct threads *threads;
    struct chunk_text *text;
    lua_State *L;    /* the thread that is in its hook: its frames do not go away meanwhile */
    uint64_t number; /* it grows when the scope is over, and becomes another */
    int hints[SCOPE_HINTS]; /* which local a name was last, by the name's address */
    /* Pushes what a name means that means nothing in the program; false, nothing pushed: nothing
       either. NULL: there are no such names. Raises Lua errors. */
    bool (*push_beside)(lua_State *L, void *data, const char *name);
    void *beside_data;
};

/* The scope's threads and text are set. */
static inline void scope_begin(struct scope *scope, lua_State *L) {
    scope->L = L;
    scope->number++;
}

static inline void scope_end(struct scope *scope) {
    scope->number++;
}

/* A userdata of the program's. */
struct environment {
    const void *mark; /* that it is one of ours */
    struct scope *scope;
    uint64_t number; /* the scope's when it was entered */
    bool in_frame;   /* else the globals are all there is */
    struct frame frame;
};

/* Pushes the metatable of environments. Raises Lua errors. */
void environment_push_metatable(lua_State *L);

/* Pushes a new one, with the metatable at that index. Its names are those of the frame until the
   scope is over, and then the fields of the frame's _ENV. NULL: it is in no frame, and has the
   globals. Raises Lua errors. */
struct environment *environment_push(lua_State *L, struct scope *scope, int metatable,
                                     const struct frame *frame);

/* Its names are those of a frame of the scope's L, until the scope is over. */
void environment_enter(struct environment *environment, lua_State *L, const lua_Debug *record);

/* Is this the function that looks up a name of the code? */
bool environment_looks_up(lua_CFunction function);

#endif
