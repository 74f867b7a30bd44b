/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "uninherited.h"

#include <stddef.h>

int uninherited_socket(void) {
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

int uninherited_accept(int listening) {
    return accept4(listening, NULL, NULL, SOCK_CLOEXEC);
}

ssize_t uninherited_receive(int socket, struct msghdr *message) {
    return recvmsg(socket, message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
}
