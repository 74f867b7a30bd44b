/* SPDX-License-Identifier: MIT */
/*
 * local_socket: Unix sockets, which no child of the program inherits, and what comes over them:
 * bytes, and descriptors.
 */
#ifndef LUAHEAT_DOOR_LOCAL_SOCKET_H
#define LUAHEAT_DOOR_LOCAL_SOCKET_H

#include <stddef.h>
#include <sys/types.h>

/* Waits for the one that listens at that path. The connected socket, or a negative errno;
   -ENAMETOOLONG: no socket can have that path. */
int local_socket_connect(const char *path);

/* One that listens at that path, which only this user may use, or a negative errno; -EADDRINUSE:
   there is something already. */
int local_socket_listen(const char *path);

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
