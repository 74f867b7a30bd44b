/* SPDX-License-Identifier: MIT */
/*
 * local_socket: Unix sockets, which no child of the process inherits, and what comes over them:
 * bytes, and descriptors. Who is at the other end: peer.h.
 */
#ifndef LUAHEAT_BASE_LOCAL_SOCKET_H
#define LUAHEAT_BASE_LOCAL_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Waits for the one that listens at that path, if too many wait before. The connected socket, or a
   negative errno:
   -ENOENT          there is no socket
   -ECONNREFUSED    nobody listens there any more
   -EACCES, -EPERM  it is another user's
   -ENAMETOOLONG    no socket can have that path */
int local_socket_connect(const char *path);

/* The same without waiting, by a socket that does not block: -EAGAIN: too many wait there. */
int local_socket_connect_now(const char *path);

/* Which file a socket is: not every one of its path. All zero: none. */
struct local_socket_file {
    dev_t device;
    ino_t inode;
};

/* One that listens at that path without blocking, at which so many may wait, and which only this
   user may use, from the first moment on. What is left there of one that nobody listens at any more
   gives way. Or a negative errno; -EADDRINUSE: somebody listens there, or that is no socket. *file:
   for local_socket_remove(). */
int local_socket_listen(const char *path, int most_waiting, struct local_socket_file *file);

/* The name by which the system lists the socket of one that listens at that path: it has had it
   until it listened. As long as the path, which is not empty; `name` has room for that. */
void local_socket_listed_name(const char *path, char *name);

/* Is it a socket at which nobody listens any more? */
bool local_socket_is_stale(const char *path);

/* If it is still that one. */
void local_socket_remove(const char *path, const struct local_socket_file *file);

/* The next of those that wait there, without waiting for one, or a negative errno (-EAGAIN). */
int local_socket_accept(int listening);

/* Descriptors that have come, the caller's to close. */
struct local_socket_descriptors {
    int list[16];
    size_t count;
};

/* What has come, without waiting: how many bytes, 0 at the end of the stream, or a negative errno
   (-EAGAIN: nothing yet). Of more descriptors than there is place for the rest is closed. */
ssize_t local_socket_receive(int socket, void *bytes, size_t size,
                             struct local_socket_descriptors *descriptors);

#endif
