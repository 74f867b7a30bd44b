/* SPDX-License-Identifier: MIT */
/*
 * listening_socket: one that clients connect to.
 */
#ifndef LUAHEAT_DAP_LISTENING_SOCKET_H
#define LUAHEAT_DAP_LISTENING_SOCKET_H

#include "address.h"
#include "local_socket.h"

struct listening_socket {
    int fd;
    struct address address; /* with the port that it has become */
    struct local_socket_file file;
};

/* A Unix socket can be opened by our user alone; one at its path that nobody listens at any more
   gives way, whatever else is there does not. 0, or -EINVAL and a complaint. */
int listening_socket_open(struct listening_socket *listening, const struct address *address,
                          char complaint[COMPLAINT_BYTES]);

/* The next connection, ready to be talked over; or a negative errno: -EAGAIN: there is none. */
int listening_socket_accept(const struct listening_socket *listening);

/* Takes the Unix socket's file away, if it is still ours. Again is fine. */
void listening_socket_close(struct listening_socket *listening);

#endif
