/* SPDX-License-Identifier: MIT */
/*
 * measuring: windows of measurements open and close while the program runs, at the breakpoints that
 * say so (breakpoint_options.h) and when somebody asks. The program does not stop for it.
 *
 * A window begins or ends before the line is run.
 */
#ifndef LUAHEAT_SERVE_MEASURING_H
#define LUAHEAT_SERVE_MEASURING_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

struct server;
struct breakpoint_options;
struct window;

/* Finds the measurement for a breakpoint of such a mode. Without a name of its own it is called by
   the place where its windows open; a stop without one closes the innermost window that a start has
   opened. NULL, or why it cannot be; the caller's to free(). */
char *measuring_prepare(struct server *server, struct breakpoint_options *options, const char *path,
                        int line);

/* Before the script starts, for a program without a link: LINK_ENV_MEASURE's text. False if it is
   not understood. */
bool measuring_begin(struct server *server, const char *text);

/* A window opens or closes now, in a C function or the hook that L runs. Opened: its number; 0:
   memory is off or out, or there are too many measurements. */
uint64_t measuring_open(struct server *server, lua_State *L, const char *name);
const struct window *measuring_close(struct server *server, lua_State *L, const char *name,
                                     uint64_t number);
void measuring_lap(struct server *server, lua_State *L, const char *name);

/* The phase that the last mark began ends, and one of that name begins; NULL: none. */
void measuring_mark(struct server *server, lua_State *L, const char *name);

/* It holds. In the hook of L. Once all that hold there have been told measuring_look() is to be
   called: what lives, of windows that have closed, is noted then. */
void measuring_hit(struct server *server, lua_State *L, const struct breakpoint_options *options);
void measuring_look(struct server *server, lua_State *L);

#endif
