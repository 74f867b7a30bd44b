/* SPDX-License-Identifier: MIT */
/*
 * meeting: how we come together with a runtime that was not started with its descriptors: over a
 * Unix socket, by its door or because it comes to us. Then it is greeted (link/link.h), and the
 * socket is the link.
 *
 * Peers are processes of our user's or root's; others are turned away before anything is said.
 */
#ifndef LUAHEAT_ADAPTER_MEETING_H
#define LUAHEAT_ADAPTER_MEETING_H

#include <uv.h>

/* ---- by its door ---- */

/* Connects without waiting. A connected socket, the caller's, that does not block and is
   close-on-exec (for uv_pipe_open()); *pid: of the process that opened the door, 0 if this OS does
   not tell. Or a negative errno:
   -ENOENT          there is no such door
   -ECONNREFUSED    nobody is behind it any more
   -EAGAIN          too many wait before it; later
   -EACCES, -EPERM  it is another user's
   -ENAMETOOLONG    no socket can have such a path */
int meeting_connect(const char *path, int *pid);

/* ---- it comes to us ---- */

struct meeting_place;

/* Called on the loop for each runtime that has come: a socket as meeting_connect() gives it, now
   the callee's, who may destroy the place in it, and the process at its other end. */
typedef void meeting_function(void *data, int fd, int pid);

/* Waits for runtimes at a socket that only our user can reach: at this path, or in a folder made
   for it (path NULL). NULL, with *error a negative UV_E... (UV_EADDRINUSE: somebody waits there).
 */
struct meeting_place *meeting_place_create(uv_loop_t *loop, const char *path,
                                           meeting_function *on_met, void *data, int *error);

/* What a runtime is told to connect to (LINK_ENV_CONNECT); absolute. */
const char *meeting_place_path(const struct meeting_place *place);

/* Nobody can come any more: the socket and the folder are removed. The loop frees what is left.
   NULL is fine. */
void meeting_place_destroy(struct meeting_place *place);

/* ---- the greeting ---- */

/* What a runtime is given. Its descriptors stay the caller's. */
struct greeting {
    int bell;           /* of bell.h's memory; -1: none */
    int figures;        /* of figures.h's memory; -1: memory off */
    const char *stacks; /* which are looked at: a word of LINK_ENV_SAMPLING's; NULL: as it is */
};

/* Says it, once, first thing on a socket of here. *life: ours to hold for as long as we are there:
   the runtime sees that it has been closed. 0 or a negative errno (then there is no life): the
   runtime has gone. */
int meeting_greet(int fd, const struct greeting *greeting, int *life);

#endif
