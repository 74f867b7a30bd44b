/* SPDX-License-Identifier: MIT */
/*
 * data_breakpoints: variables that stop the program when they change. A client first asks for one
 * and gets a dataId. That of a chain from the globals says itself what it means; any other stands
 * for a variable of this session, which is kept as long as a client may come back to it.
 */
#ifndef LUAHEAT_CONTROL_DATA_BREAKPOINTS_H
#define LUAHEAT_CONTROL_DATA_BREAKPOINTS_H

#include "array.h"
#include "breakpoint_options.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

struct data_variable;
struct debugger_data;
struct expressions;
struct string_builder;

struct data_breakpoint {
    int id;                         /* the adapter's */
    struct data_variable *variable; /* NULL: refused. A global one is its own, others are `known` */
    char *message;                  /* what is told of it; NULL: nothing */
    struct breakpoint_options options;
};

struct data_breakpoints {
    struct data_breakpoint *list;
    size_t count;
    ARRAY(struct data_variable *) known; /* dataId "variable:N" is items[N - 1] */
};

/* What is asked for; whatever is not may be NULL. */
struct data_breakpoint_asked {
    const char *data_id, *access;
    struct breakpoint_options_asked options;
};

/* The state has ended. */
void data_breakpoints_finish(struct data_breakpoints *data);

/* Writes the dataId of a variable, which is then the list's. Whether it outlives the session. */
bool data_breakpoints_name(struct data_breakpoints *data, struct data_variable *variable,
                           struct expressions *expressions, struct string_builder *id);

/* A breakpoint to be, of the id, which may be refused: then the message says why. */
void data_breakpoints_read(const struct data_breakpoints *data, struct data_breakpoint *breakpoint,
                           const struct data_breakpoint_asked *asked);

/* These breakpoints (the list is malloc()ed and taken over) in place of those there are. What their
   variables are now is what a change is a change from: L is the thread that runs, or NULL before
   there is a state. */
void data_breakpoints_set(struct data_breakpoints *data, struct data_breakpoint *list, size_t count,
                          struct expressions *expressions, lua_State *L);

/* How many the hook is to look after. */
struct debugger_data data_breakpoints_wanted(const struct data_breakpoints *data);

/* Can it still stop the program? */
bool data_breakpoints_is_live(const struct data_breakpoint *breakpoint);

/* Its variable is no more: the message says so. */
void data_breakpoints_note_gone(struct data_breakpoint *breakpoint);

#endif
