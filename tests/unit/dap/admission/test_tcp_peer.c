/* SPDX-License-Identifier: MIT */
#include "tcp_peer.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef TELLS

/* A connection of this machine. */
struct pair {
    int ours, theirs;
};

static int listen_at(int family, struct sockaddr_storage *name, socklen_t *size) {
    int fd = socket(family, SOCK_STREAM, 0);
    memset(name, 0, sizeof *name);
    name->ss_family = (sa_family_t)family;
    if (family == AF_INET) {
        ((struct sockaddr_in *)name)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        *size = sizeof(struct sockaddr_in);
    } else {
        ((struct sockaddr_in6 *)name)->sin6_addr = in6addr_loopback;
        *size = sizeof(struct sockaddr_in6);
    }
    cr_assert_eq(bind(fd, (struct sockaddr *)name, *size), 0);
    cr_assert_eq(listen(fd, 1), 0);
    cr_assert_eq(getsockname(fd, (struct sockaddr *)name, size), 0);
    return fd;
}

/* `mapped`: the client's socket is one of IPv6 for an address of IPv4. */
static struct pair connect_pair(int family, bool mapped) {
    struct sockaddr_storage name;
    socklen_t size;
    int listening = listen_at(family, &name, &size);
    int port = ((struct sockaddr_in *)&name)->sin_port;
    if (mapped) {
        struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&name;
        memset(v6, 0, sizeof *v6);
        v6->sin6_family = AF_INET6;
        v6->sin6_port = (in_port_t)port;
        cr_assert_eq(inet_pton(AF_INET6, "::ffff:127.0.0.1", &v6->sin6_addr), 1);
        size = sizeof *v6;
    }
    struct pair pair = {.theirs = socket(mapped ? AF_INET6 : family, SOCK_STREAM, 0)};
    cr_assert_eq(connect(pair.theirs, (struct sockaddr *)&name, size), 0);
    pair.ours = accept(listening, NULL, NULL);
    cr_assert_geq(pair.ours, 0);
    close(listening);
    return pair;
}

Test(tcp_peer, one_of_ours_is_told) {
    cr_assert(tcp_peer_is_known());
    for (int i = 0; i < 3; i++) {
        struct pair pair = connect_pair(i == 1 ? AF_INET6 : AF_INET, i == 2);
        cr_assert_eq(tcp_peer_check(pair.ours), 0, "%d", i);
        close(pair.ours);
        close(pair.theirs);
    }
}

/* Then the system says that it is root's. */
Test(tcp_peer, what_is_closed_is_nobodys) {
    struct pair pair = connect_pair(AF_INET, false);
    close(pair.theirs);
    cr_assert_eq(tcp_peer_check(pair.ours), -EPERM);
    close(pair.ours);
}

Test(tcp_peer, anothers_is_told) {
    if (geteuid() != 0)
        cr_skip_test("only root can be another user");
    pid_t pid = fork();
    if (pid == 0) {
        struct pair pair = connect_pair(AF_INET, false); /* a socket is its maker's */
        _exit(seteuid(65534) == 0 && tcp_peer_check(pair.ours) == -EPERM ? 0 : 1);
    }
    int status;
    cr_assert_eq(waitpid(pid, &status, 0), pid);
    cr_assert_eq(status, 0);
}

Test(tcp_peer, what_is_no_connection) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert_lt(tcp_peer_check(fd), 0);
    close(fd);
    cr_assert_eq(tcp_peer_check(-1), -EBADF);
}

#else

/* Then a token is asked for, whoever it is. */
Test(tcp_peer, is_told_to_be_unknown) {
    cr_assert_not(tcp_peer_is_known());
    cr_assert_eq(tcp_peer_check(0), -ENOSYS);
}

#endif
