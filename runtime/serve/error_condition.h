/* SPDX-License-Identifier: MIT */
/*
 * error_condition: which of the errors that an exception filter lets through stop the program:
 * those for which an expression is true, in the frame that threw. The error's value is `err` there.
 *
 * Errors can be many: the expression is compiled once for each line that throws (there may be
 * constants in scope that it names) and kept, as the code of breakpoints is.
 */
#ifndef LUAHEAT_SERVE_ERROR_CONDITION_H
#define LUAHEAT_SERVE_ERROR_CONDITION_H

#include "array.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

struct debugger;
struct debugger_stop;
struct expressions;

/* The expression, compiled for a line. */
struct error_place {
    int chunk, line; /* the chunk's id */
    int code;        /* 0: it does not compile there, or memory is out */
};

/* All zero: every error does. */
struct error_condition {
    char *text; /* NULL: there is none */
    ARRAY(struct error_place) places;
    unsigned asked; /* of which version of the code the places are */
};

void error_condition_finish(struct error_condition *condition);

/* Copies the text, which may be blank: none. NULL, or what is wrong with it; the caller's to
 * free().
 */
char *error_condition_set(struct error_condition *condition, const char *text);

/* Does it hold? L: the thread that has stopped. One that fails itself does: somebody has to see
   that. */
bool error_condition_holds(struct error_condition *condition, struct debugger *debugger,
                           struct expressions *expressions, lua_State *L,
                           const struct debugger_stop *stop);

#endif
