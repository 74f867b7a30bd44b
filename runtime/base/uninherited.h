/* SPDX-License-Identifier: MIT */
/*
 * uninherited: descriptors that no child of the program gets, as they come into being
 * (local_socket.h). The one place that knows how this OS makes such.
 */
#ifndef LUAHEAT_BASE_UNINHERITED_H
#define LUAHEAT_BASE_UNINHERITED_H

#include <sys/socket.h>
#include <sys/types.h>

/* A Unix stream socket; -1: see errno. */
int uninherited_socket(void);

/* As accept(). */
int uninherited_accept(int listening);

/* As recvmsg(), without waiting. */
ssize_t uninherited_receive(int socket, struct msghdr *message);

#endif
