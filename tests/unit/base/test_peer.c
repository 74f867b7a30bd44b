/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void pair(int ends[2]) {
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
}

Test(peer, one_of_our_user_may_come) {
    int ends[2], pid = -1;
    pair(ends);
    cr_assert_eq(peer_check(ends[0], &pid), 0);
#ifdef TELLS_PID
    cr_assert_eq(pid, getpid());
#else
    cr_assert_eq(pid, 0);
#endif
}

#if defined TELLS_PID || defined HAS_GETPEEREID
/* Runs as `me` what looks at a socket that a process of `other` has made. */
static int checked_as(uid_t other, uid_t me) {
    int status, child = fork();
    if (child == 0) {
        int ends[2], pid;
        if (seteuid(other) != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0 ||
            seteuid(0) != 0 || seteuid(me) != 0)
            _exit(100);
        _exit(-peer_check(ends[0], &pid));
    }
    waitpid(child, &status, 0);
    return -WEXITSTATUS(status);
}

Test(peer, another_user_may_not_but_for_root) {
    if (geteuid() != 0)
        cr_skip("only root can be somebody else");
    cr_assert_eq(checked_as(1000, 1000), 0);
    cr_assert_eq(checked_as(0, 1000), 0);
    cr_assert_eq(checked_as(1001, 1000), -EPERM);
    cr_assert_eq(checked_as(1001, 0), -EPERM);
}
#endif

Test(peer, what_is_no_socket_has_none) {
    int ends[2], pid;
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(peer_check(ends[0], &pid), -ENOTSOCK);
}
