/* SPDX-License-Identifier: MIT */
/*
 * holders: what holds the objects of the lines that look like leaks (link/suspects.h), in words, in
 * the shared figures. It is found out while the program runs, at the points at which its
 * measurements note what lives: then and there what holds them is alive, whatever ends the program.
 *
 * The heap is walked in a copy of the process (process_copy.h), so that the program's own and its
 * books stay as they are. That is when other lines are suspected than before, and when there have
 * been half as many windows again: what holds an object when it is young may not be what keeps it.
 * Once that has taken a quarter of a second, it never takes more than a twentieth of the time. A
 * heap of more than two million objects is not walked.
 */
#ifndef LUAHEAT_SERVE_HOLDERS_H
#define LUAHEAT_SERVE_HOLDERS_H

#include <lua.h>

struct holders;
struct server;

/* A point has been noted, in a hook of L or a C function that L has called. With figures. */
void holders_note(struct server *server, lua_State *L);

/* NULL is fine. */
void holders_destroy(struct holders *holders);

#endif
