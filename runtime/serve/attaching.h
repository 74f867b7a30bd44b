/* SPDX-License-Identifier: MIT */
/*
 * attaching: a server for a Lua state that has been running in somebody else's program. It comes
 * and goes: the program is not stopped by it, is asked nothing while it runs no Lua, and when the
 * conversation is over, however that comes, runs on with its own allocator, its own hooks and
 * Lua's own functions.
 */
#ifndef LUAHEAT_SERVE_ATTACHING_H
#define LUAHEAT_SERVE_ATTACHING_H

#include "handed.h"
#include "server.h"

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

enum { SERVE_PROBLEM_BYTES = 200 };

/* L: the thread that runs now, in a C function of it or in a hook, with LUA_MINSTACK free slots.
   Says `ready`, and is there: requests are served as they come, whenever Lua runs, on whatever OS
   thread. All that is handed over is the server's. NULL: `problem` says why; nothing has changed
   then, and what was handed over is the caller's.

   Of the owner on_end is called once, when it is at its end and gone: in a hook, or in serve_wait,
   serve_stop, serve_detach or serve_close. is_open: could another come then? Only if so the
   program may be left suspended: on_suspended is called in a hook of L, once it is as it was
   before, and returns when the program is to go on. */
struct server *serve_attach(lua_State *L, struct handed *handed, char problem[SERVE_PROBLEM_BYTES],
                            const struct server_owner *owner);

/* Serves until configurationDone has come: true; or the link or the time (milliseconds; below 0:
   any) is over, or the program is to wait for another: false. In a C function that the state runs,
   or in a hook. The server may be at its end then. */
bool serve_wait(struct server *server, int64_t milliseconds);

/* Stops, once it is configured, in the hook of L that runs, until the program is to go on. Whether
   it is to wait for another instead: the server is at its end then, and on_suspended not called. */
bool serve_stop(struct server *server, lua_State *L);

/* Ends it. In a C function of L. Code that is evaluated may do that: then it ends as soon as the
   evaluation is over, and the program goes on. */
void serve_detach(struct server *server, lua_State *L);

/* The state of L is being closed: it ends at once, in the middle of an evaluation as well, which
   then must not go on. */
void serve_close(struct server *server, lua_State *L);

#endif
