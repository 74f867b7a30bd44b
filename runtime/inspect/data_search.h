/* SPDX-License-Identifier: MIT */
/*
 * data_search: the variable of a data breakpoint is looked for: what both ways to it need, that of
 * an expression (data_expression.c) and that of what is unfolded (data_child.c).
 *
 * To be used as work of the debugger's: between expressions_begin_work and expressions_end_work.
 */
#ifndef LUAHEAT_INSPECT_DATA_SEARCH_H
#define LUAHEAT_INSPECT_DATA_SEARCH_H

#include "inspect.h"

#include <lua.h>
#include <stdbool.h>

struct data_variable;
struct expressions;
struct frame;
struct reference;
struct stop;
struct string_builder;

struct data_search {
    struct stop *stop;
    struct expressions *expressions;
    const char *name;  /* as the client calls the variable */
    const char *title; /* as it is told */
    int frame;         /* of an expression; 0: none */
    struct inspect_problem *problem;
};

/* NULL: there is none, or memory is out. */
struct data_variable *data_search_expression(const struct data_search *search);
struct data_variable *data_search_child(const struct data_search *search,
                                        const struct reference *reference);

/* What the user is told of a child. */
void data_search_write_title(struct string_builder *builder, const struct reference *reference,
                             const char *name);

/* NULL, and the variable destroyed, if it is not good. */
struct data_variable *data_search_if_good(const struct data_search *search,
                                          struct data_variable *variable, bool good);

/* Local n of a frame; an upvalue of its function; the value on top of the stopped thread's stack,
   which is taken. NULL if memory is out, or there is none. */
struct data_variable *data_search_from_local(const struct data_search *search, struct frame *frame,
                                             int n);
struct data_variable *data_search_from_upvalue(const struct data_search *search,
                                               struct frame *frame, int n);
struct data_variable *data_search_from_value(const struct data_search *search);

/* Appends the key at the index to the names that lead from the globals. False: it is no name. */
bool data_search_write_name(struct string_builder *chain, lua_State *L, int index);

#endif
