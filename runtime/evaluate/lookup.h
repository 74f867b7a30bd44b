/* SPDX-License-Identifier: MIT */
/*
 * lookup: what a name means in a frame, as Lua's scoping has it: the innermost local, else an
 * upvalue of the function, else a field of _ENV.
 */
#ifndef LUAHEAT_EVALUATE_LOOKUP_H
#define LUAHEAT_EVALUATE_LOOKUP_H

#include "frame.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

enum lookup_kind { LOOKUP_NOTHING, LOOKUP_LOCAL, LOOKUP_UPVALUE };

struct lookup {
    enum lookup_kind kind;
    int n; /* lua_getlocal's, lua_getupvalue's */
};

/* The name of local n (from 1) where the frame is now. NULL behind the last; names that start with
   a parenthesis are Lua's own. */
const char *lookup_local_name(struct frame *frame, int n);

/* Is it the name of a stack slot that is no variable? lua_getlocal goes on with those behind the
   locals in scope. */
bool lookup_is_temporary(const char *name);

/* How many varargs the frame has. */
int lookup_varargs(struct frame *frame);

/* The name must not be one of Lua's own, like "(temporary)". These need 2 free slots of the frame's
   thread. */
struct lookup lookup_name(struct frame *frame, const char *name, size_t size);

/* The value of what was found: pushed on the stack of `to`, or taken from its top. */
void lookup_push(struct frame *frame, struct lookup found, lua_State *to);
void lookup_assign(struct frame *frame, struct lookup found, lua_State *from);

/* Pushes the frame's own _ENV: the table of globals, if the function uses none. */
void lookup_push_environment(struct frame *frame, lua_State *to);

/* Pushes the frame's varargs. How many; -1, nothing pushed: there is no room. */
int lookup_push_varargs(struct frame *frame, lua_State *to);

/* Finds a name quickly, again and again. *hint: which local it was last, 0 if none is known. Pushes
   on `to` the variable, or (false) the table that it is a field of: the frame's own _ENV. */
bool lookup_push_name(struct frame *frame, const char *name, size_t size, int *hint, lua_State *to);

#endif
