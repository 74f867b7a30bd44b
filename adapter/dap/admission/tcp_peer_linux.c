/* SPDX-License-Identifier: MIT */
#include "tcp_peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char table_v4[] = "/proc/net/tcp", table_v6[] = "/proc/net/tcp6";

/* proc(5); also of TCP_ESTABLISHED there. A socket in another state may be nobody's any more, and
   is told as root's. */
enum { ESTABLISHED = 1 };

/* An end of a connection as the tables have it, "0100007F:1267", in both: a client may have made a
   socket of IPv6 for an address of IPv4. */
struct end {
    char v4[16], v6[40];
};

bool tcp_peer_is_known(void) {
    return access(table_v4, R_OK) == 0;
}

static void print_v4(struct end *end, struct in_addr address, unsigned port) {
    snprintf(end->v4, sizeof end->v4, "%08X:%04X", address.s_addr, port);
    snprintf(end->v6, sizeof end->v6, "%08X%08X%08X%08X:%04X", 0, 0, htonl(0xffff), address.s_addr,
             port);
}

static void print_v6(struct end *end, const struct in6_addr *address, unsigned port) {
    uint32_t words[4];
    memcpy(words, address, sizeof words);
    if (IN6_IS_ADDR_V4MAPPED(address))
        print_v4(end, (struct in_addr){words[3]}, port);
    else
        snprintf(end->v6, sizeof end->v6, "%08X%08X%08X%08X:%04X", words[0], words[1], words[2],
                 words[3], port);
}

static void print_end(struct end *end, const struct sockaddr_storage *address) {
    *end = (struct end){"", ""};
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
    if (address->ss_family == AF_INET)
        print_v4(end, v4->sin_addr, ntohs(v4->sin_port));
    else if (address->ss_family == AF_INET6)
        print_v6(end, &v6->sin6_addr, ntohs(v6->sin6_port));
}

/* The user of the socket that is established between the two; -1: there is none. */
static int64_t find_user(const char *table, const char *from, const char *to) {
    char line[512], local[40], remote[40];
    unsigned state, user;
    unsigned long inode;
    int64_t found = -1;
    FILE *file = from[0] != '\0' ? fopen(table, "re") : NULL;
    while (file != NULL && found < 0 && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, " %*u: %39s %39s %x %*s %*s %*s %u %*u %lu", local, remote, &state, &user,
                   &inode) == 5 &&
            strcmp(local, from) == 0 && strcmp(remote, to) == 0 && state == ESTABLISHED &&
            inode != 0)
            found = user;
    if (file != NULL)
        fclose(file);
    return found;
}

int tcp_peer_check(int fd) {
    struct sockaddr_storage ours, theirs;
    socklen_t ours_size = sizeof ours, theirs_size = sizeof theirs;
    if (getsockname(fd, (struct sockaddr *)&ours, &ours_size) != 0 ||
        getpeername(fd, (struct sockaddr *)&theirs, &theirs_size) != 0)
        return -errno;
    struct end from, to;
    print_end(&from, &theirs);
    print_end(&to, &ours);
    int64_t user = find_user(table_v4, from.v4, to.v4);
    if (user < 0)
        user = find_user(table_v6, from.v6, to.v6);
    return user == (int64_t)geteuid() ? 0 : -EPERM;
}
