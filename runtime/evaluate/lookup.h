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

/* Both need 2 free slots of the frame's thread. */
struct lookup lookup_name(struct frame *frame, const char *name, size_t size);

/* The value of what was found: pushed on the stack of `to`, or taken from its top. */
void lookup_push(struct frame *frame, struct lookup found, lua_State *to);
void lookup_assign(struct frame *frame, struct lookup found, lua_State *from);

#endif
