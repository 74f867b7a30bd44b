/* SPDX-License-Identifier: MIT */
/*
 * views: what unfolding a reference shows (enum view in reference.h): each adds the variables of
 * one view to a listing. variables.c has the table of them.
 */
#ifndef LUAHEAT_INSPECT_VIEWS_H
#define LUAHEAT_INSPECT_VIEWS_H

#include "listing.h"

/* Of a frame, which is the reference's. The function is on top of the stopped thread's stack for
   the upvalues. */
void scope_view_locals(struct listing *listing);
void scope_view_varargs(struct listing *listing);
void scope_view_upvalues(struct listing *listing);

/* Of the table on top of the stack: its sequence by index, then its other entries sorted, then its
   metatable. Large tables are shown in parts (listing.h, entries.h), so that the first answer never
   walks more than a fixed number of entries. */
void table_view_all(struct listing *listing);
void table_view_globals(struct listing *listing);
void table_view_library(struct listing *listing);
void table_view_items(struct listing *listing);
void table_view_others(struct listing *listing);
void table_view_group(struct listing *listing);

/* Of the thread on top of the stack: its frames, with the locals in each. */
void thread_view_frames(struct listing *listing);

/* All coroutines, as a client is told of no more than some thousand threads; and the group of them,
   if there are any. */
void thread_view_coroutines(struct listing *listing);
void thread_view_add(struct listing *listing);

/* The metatables that no variable leads to by itself: those of types made in C (luaL_newmetatable
   keeps them in the registry) and those that all values of a basic type share; and the group of
   them. */
void metatable_view(struct listing *listing);
void metatable_view_add(struct listing *listing);

/* What the value's __tostring says of it, or its error: one Variable. That is code of the program,
   so it is run only when the user unfolds the child that stands for it, under the limits of an
   evaluation. The child is added to the value on top of the stack, if it has a __tostring. */
void tostring_view(struct listing *listing);
void tostring_view_add(struct listing *listing);

/* How big the value is, and what it alone retains: one Variable, which takes a walk over the heap
   and so is found out when the user unfolds the child that stands for it. That is added to the
   value on top of the stack, if it is an object and memory is measured. */
void size_view(struct listing *listing);
void size_view_add(struct listing *listing);

#endif
