/* SPDX-License-Identifier: MIT */
#include "listening_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BACKLOG = 64 };

static const struct sockaddr *name_of(const struct address *address) {
    return (const struct sockaddr *)&address->name;
}

static void prepare(int fd) {
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* ---- Unix sockets ---- */

static const char *why_not_there(const char *path, int error) {
    struct stat status;
    if (error != -EADDRINUSE)
        return strerror(-error);
    return lstat(path, &status) == 0 && !S_ISSOCK(status.st_mode)
               ? "something else is there, no socket"
               : "another program does";
}

/* ---- TCP ---- */

static void set(int fd, int level, int option, int value) {
    setsockopt(fd, level, option, &value, sizeof value);
}

/* A client that vanishes with its machine or its network says nothing: the system asks. */
static void prepare_tcp(int fd) {
    set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    set(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef TCP_KEEPIDLE
    set(fd, IPPROTO_TCP, TCP_KEEPIDLE, 60);
    set(fd, IPPROTO_TCP, TCP_KEEPINTVL, 15);
    set(fd, IPPROTO_TCP, TCP_KEEPCNT, 4);
#endif
}

static int bind_port(struct listening_socket *listening) {
    struct address *address = &listening->address;
    set(listening->fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (address->name.ss_family == AF_INET6)
        set(listening->fd, IPPROTO_IPV6, IPV6_V6ONLY, 0); /* [::] is all there is */
    if (bind(listening->fd, name_of(address), address->size) != 0)
        return -errno;
    return getsockname(listening->fd, (struct sockaddr *)&address->name, &address->size) != 0
               ? -errno
               : 0;
}

/* ---- both ---- */

static int open_port(struct listening_socket *listening) {
    listening->fd = socket(listening->address.name.ss_family, SOCK_STREAM, 0);
    int error = listening->fd < 0 ? -errno : bind_port(listening);
    if (error == 0 && listen(listening->fd, BACKLOG) != 0)
        error = -errno;
    if (error == 0)
        prepare(listening->fd);
    return error;
}

int listening_socket_open(struct listening_socket *listening, const struct address *address,
                          char complaint[COMPLAINT_BYTES]) {
    const char *path = address_path(address);
    char text[ADDRESS_TEXT_BYTES];
    *listening = (struct listening_socket){.address = *address};
    if (path != NULL)
        listening->fd = local_socket_listen(path, BACKLOG, &listening->file);
    int error = path == NULL ? open_port(listening) : listening->fd < 0 ? listening->fd : 0;
    if (error == 0)
        return 0;
    listening_socket_close(listening);
    address_print(address, text);
    return complain(complaint, "cannot listen at %s: %s", text,
                    path != NULL ? why_not_there(path, error) : strerror(-error));
}

int listening_socket_accept(const struct listening_socket *listening) {
    int fd = accept(listening->fd, NULL, NULL);
    if (fd < 0)
        return -errno;
    prepare(fd);
    if (listening->address.reach != ADDRESS_UNIX)
        prepare_tcp(fd);
    return fd;
}

void listening_socket_close(struct listening_socket *listening) {
    const char *path = address_path(&listening->address);
    if (listening->fd < 0)
        return;
    if (path != NULL)
        local_socket_remove(path, &listening->file);
    close(listening->fd);
    listening->fd = -1;
}
