/* SPDX-License-Identifier: MIT */
/* Between a descriptor's birth and its mark another OS thread may start a program, which then has
   it. */
#include "uninherited.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>

static int marked(int fd) {
    if (fd >= 0)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    return fd;
}

int uninherited_socket(void) {
    return marked(socket(AF_UNIX, SOCK_STREAM, 0));
}

int uninherited_accept(int listening) {
    return marked(accept(listening, NULL, NULL));
}

static void mark_all(const struct cmsghdr *part) {
    int fd;
    for (size_t at = CMSG_LEN(0); at + sizeof fd <= part->cmsg_len; at += sizeof fd) {
        memcpy(&fd, (const char *)part + at, sizeof fd);
        marked(fd);
    }
}

ssize_t uninherited_receive(int socket, struct msghdr *message) {
    ssize_t got = recvmsg(socket, message, MSG_DONTWAIT);
    for (struct cmsghdr *part = got >= 0 ? CMSG_FIRSTHDR(message) : NULL; part != NULL;
         part = CMSG_NXTHDR(message, part))
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS)
            mark_all(part);
    return got;
}
