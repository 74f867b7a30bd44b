/* SPDX-License-Identifier: MIT */
/*
 * environment: the _ENV of code that is evaluated in a frame: an empty table whose metatable finds
 * and assigns the frame's locals and upvalues, and else the fields of the frame's own _ENV. What is
 * declared <const> or <close> cannot be assigned to.
 *
 * The code shall not see that table. So where it uses _ENV itself, it is given another name, which
 * means the frame's own _ENV: the local or upvalue of that name. A function that uses no globals
 * has none; there it is the table of globals.
 *
 * A function made by evaluated code may outlive the stop. Its names then mean fields of that _ENV
 * only.
 */
#ifndef LUAHEAT_EVALUATE_ENVIRONMENT_H
#define LUAHEAT_EVALUATE_ENVIRONMENT_H

#include "frame.h"
#include "lookup.h"
#include "string_builder.h"

#include <lua.h>
#include <stdbool.h>

struct stop;

/* The debug library, whatever the program has made of the name `debug`: so that there is code for
   values that only this library reaches. */
#define ENVIRONMENT_DEBUG "__luaheat_debug"

/* The code as it is to be compiled: itself or, put into `builder`, with the other name. */
const char *environment_code(struct string_builder *builder, const char *code);

/* Pushes a new one. frame: 0 for globals only. Raises Lua errors: to be called in a coroutine of
   the console. */
void environment_push(lua_State *L, struct stop *stop, int frame);

/* Is this the function that looks up a name of the code? */
bool environment_looks_up(lua_CFunction function);

/* The stop is over. */
void environment_end(struct stop *stop);

/* What both evaluators (see snippets.h) have in common. `name` is a string on L's stack, and the
   frame may be NULL. They may raise Lua errors. */

/* What a name of the code means in the frame, the other one of _ENV included. */
struct lookup environment_find(struct frame *frame, const char *name, size_t size);

/* Of a name that means nothing there: if it is one of ours, pushes its value. */
bool environment_push_reserved(lua_State *L, struct frame *frame, const char *name);

/* Pushes the frame's own _ENV. */
void environment_push_own(lua_State *L, struct frame *frame);

/* Appends the message of an error that the code itself has raised: Lua takes all its names for
   globals. Does not raise errors. */
void environment_write_error(struct string_builder *builder, struct frame *frame,
                             const char *message);

/* An error: what the name means is declared <const> or <close>. */
void environment_refuse(lua_State *L, const char *name);

/* To be asked before a name that means nothing there is assigned to: an error if it is that of the
   frame's own _ENV. */
void environment_check_assigned(lua_State *L, const char *name);

#endif
