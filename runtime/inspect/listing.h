/* SPDX-License-Identifier: MIT */
/*
 * listing: the answer to a `variables` request while it is put together: what was asked, and the
 * Variables so far.
 */
#ifndef LUAHEAT_INSPECT_LISTING_H
#define LUAHEAT_INSPECT_LISTING_H

#include "reference.h"
#include "string_builder.h"
#include "variable.h"

/* More items are not in one answer: it has groups of them instead. */
enum { LISTING_MOST = 100000 };

struct thread;

enum listing_filter { LISTING_ALL, LISTING_INDEXED, LISTING_NAMED };

struct listing {
    struct stop *stop;
    struct reference reference; /* what is unfolded; a copy, as more may be added meanwhile */
    struct value_style style;
    enum listing_filter filter;
    int start, count; /* count 0: all */
    cJSON *variables;
    struct thread *coroutine; /* the last one listed (thread_view.c), and its place among them */
    lua_Integer coroutine_index;
};

/* Adds the value on top of the stopped thread's stack, and pops it. The words are consumed. Without
   expression (NULL) or with an empty one there is no Lua code for it. */
void listing_add(struct listing *listing, struct string_builder *name,
                 struct string_builder *expression, const struct value_path *path);

/* The same for a local or an upvalue that may be <const> or <close>. */
void listing_add_declared(struct listing *listing, struct string_builder *name,
                          struct string_builder *expression, const struct value_path *path,
                          enum declaration_attribute attribute);

/* Adds a way to look at a part. */
void listing_add_group(struct listing *listing, const char *name, const char *text,
                       const struct reference *part);

/* Adds a child that stands for the one Variable of a view of the same value, which takes code or
   time and so is found out when the user asks for it (DAP calls it lazy). */
void listing_add_lazy(struct listing *listing, const char *name, enum view view);

/* Adds "(metatable)" of the value on top of the stack, if it has one. */
void listing_add_metatable(struct listing *listing);

/* Items first to last of a sequence: those that start and count ask for if the client pages, else
   all, in groups of groups of VARIABLE_PAGE if they are many. */
void listing_add_items(struct listing *listing, lua_Integer first, lua_Integer last,
                       const struct reference *group,
                       void (*add_item)(struct listing *listing, lua_Integer index));

/* How Lua code, evaluated in the frame, reaches the debug library, whose functions name what syntax
   cannot: as `debug`, unless the program hides or has replaced that. To be followed by a dot and
   the function. */
const char *listing_debug_library(struct stop *stop, int frame, const char *function);

#endif
