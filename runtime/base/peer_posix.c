/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef HAS_GETPEEREID
static int peer_user(int fd, uid_t *user) {
    gid_t group;
    return getpeereid(fd, user, &group);
}
#else
/* What keeps others away is then the mode of the socket and of its folder, and nothing else. */
static int peer_user(int fd, uid_t *user) {
    int type;
    socklen_t size = sizeof type;
    *user = geteuid();
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size);
}
#endif

int peer_check(int fd, int *pid) {
    uid_t user;
    *pid = 0;
    if (peer_user(fd, &user) != 0)
        return -errno;
    return user == 0 || user == geteuid() ? 0 : -EPERM;
}
