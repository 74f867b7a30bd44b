/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "peer.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

int peer_check(int fd, int *pid) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    *pid = 0;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return -errno;
    *pid = peer.pid;
    return peer.uid == 0 || peer.uid == geteuid() ? 0 : -EPERM;
}
