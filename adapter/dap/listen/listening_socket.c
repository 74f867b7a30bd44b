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

/* -EADDRINUSE: somebody listens there; 0: nobody does. */
static int is_in_use(const struct address *address) {
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0)
        return -errno;
    prepare(fd);
    bool refused = connect(fd, name_of(address), address->size) != 0 && errno == ECONNREFUSED;
    close(fd);
    return refused ? 0 : -EADDRINUSE;
}

/* What a server has left behind that could not take it away. */
static int clear_path(const struct address *address, char *complaint) {
    const char *path = address_path(address);
    struct stat status;
    if (lstat(path, &status) != 0)
        return 0;
    if (!S_ISSOCK(status.st_mode))
        return complain(complaint, "cannot listen at %s: something else is there, no socket", path);
    if (is_in_use(address) != 0)
        return complain(complaint, "cannot listen at %s: another program does", path);
    unlink(path);
    return 0;
}

static int bind_path(struct listening_socket *listening) {
    const char *path = address_path(&listening->address);
    struct stat status;
    mode_t mask = umask(S_IXUSR | S_IRWXG | S_IRWXO);
    int error = bind(listening->fd, name_of(&listening->address), listening->address.size);
    umask(mask);
    if (error != 0 || lstat(path, &status) != 0)
        return -errno;
    listening->device = status.st_dev;
    listening->inode = status.st_ino;
    return 0;
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

int listening_socket_open(struct listening_socket *listening, const struct address *address,
                          char complaint[COMPLAINT_BYTES]) {
    bool is_path = address->reach == ADDRESS_UNIX;
    char text[ADDRESS_TEXT_BYTES];
    if (is_path && clear_path(address, complaint) != 0)
        return -EINVAL;
    *listening = (struct listening_socket){.address = *address};
    listening->fd = socket(address->name.ss_family, SOCK_STREAM, 0);
    int error = listening->fd < 0 ? -errno : is_path ? bind_path(listening) : bind_port(listening);
    if (error == 0 && listen(listening->fd, BACKLOG) != 0)
        error = -errno;
    if (error == 0) {
        prepare(listening->fd);
        return 0;
    }
    listening_socket_close(listening);
    address_print(address, text);
    return complain(complaint, "cannot listen at %s: %s", text, strerror(-error));
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
    struct stat status;
    if (listening->fd < 0)
        return;
    if (path != NULL && listening->inode != 0 && lstat(path, &status) == 0 &&
        status.st_dev == listening->device && status.st_ino == listening->inode)
        unlink(path);
    close(listening->fd);
    listening->fd = -1;
}
