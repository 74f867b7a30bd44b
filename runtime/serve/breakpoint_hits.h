/* SPDX-License-Identifier: MIT */
/*
 * breakpoint_hits: the program has come to breakpoints: which of them hold by their options, what
 * they log, and whether it stops. The way to "no" is short: it is taken at every line with a
 * breakpoint.
 *
 * An error in a condition counts as false. It is told once, at the breakpoint and in the console,
 * and again only when the breakpoint is set anew; so is one in a log message. Code that does not
 * come to an end is not run again.
 */
#ifndef LUAHEAT_SERVE_BREAKPOINT_HITS_H
#define LUAHEAT_SERVE_BREAKPOINT_HITS_H

#include "array.h"
#include "string_builder.h"

#include <cjson/cJSON.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

struct debugger_stop;
struct server;

/* The breakpoints that hold at a stop. All zero at first. */
struct breakpoint_hits {
    ARRAY(int) ids;
    bool lines, functions, data;   /* some of these kinds are among them */
    struct string_builder changes; /* of variables of data breakpoints */
    struct string_builder log;     /* lines to be logged */
};

/* Whether any breakpoint holds, so that the program is to stop. Logs what is to be logged. */
bool breakpoint_hits_find(struct breakpoint_hits *hits, struct server *server, lua_State *L,
                          const struct debugger_stop *stop);

/* Adds to the body of the event `stopped`. */
void breakpoint_hits_describe(const struct breakpoint_hits *hits, cJSON *body);

void breakpoint_hits_finish(struct breakpoint_hits *hits);

#endif
