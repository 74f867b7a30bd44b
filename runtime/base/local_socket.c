/* SPDX-License-Identifier: MIT */
#include "local_socket.h"

#include "uninherited.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int address_of(const char *path, struct sockaddr_un *address) {
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (*path == '\0')
        return -EINVAL;
    if (strlen(path) >= sizeof address->sun_path)
        return -ENAMETOOLONG;
    memcpy(address->sun_path, path, strlen(path));
    return 0;
}

/* ---- connecting ---- */

/* A signal leaves a connection on its way. */
static int connected(int fd, const struct sockaddr_un *address) {
    if (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0)
        return 0;
    if (errno != EINTR)
        return -errno;
    struct pollfd connecting = {.fd = fd, .events = POLLOUT};
    int error = 0;
    socklen_t size = sizeof error;
    while (poll(&connecting, 1, -1) < 0 && errno == EINTR)
        ;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return -error;
}

/* The descriptor, or it is closed and this is why. */
static int keep_if(int fd, int error) {
    if (error == 0)
        return fd;
    close(fd);
    return error;
}

static int open_socket(const char *path, struct sockaddr_un *address) {
    int error = address_of(path, address);
    int fd = error == 0 ? uninherited_socket() : error;
    return fd < 0 && error == 0 ? -errno : fd;
}

static int stop_blocking(int fd) {
    return fcntl(fd, F_SETFL, O_NONBLOCK) == 0 ? 0 : -errno;
}

int local_socket_connect(const char *path) {
    struct sockaddr_un address;
    int fd = open_socket(path, &address);
    return fd < 0 ? fd : keep_if(fd, connected(fd, &address));
}

int local_socket_connect_now(const char *path) {
    struct sockaddr_un address;
    int fd = open_socket(path, &address);
    if (fd < 0)
        return fd;
    int error = stop_blocking(fd);
    return keep_if(fd, error != 0 ? error : connected(fd, &address));
}

/* ---- listening ---- */

static int name(const char *path, struct local_socket_file *file) {
    struct stat status;
    if (lstat(path, &status) != 0)
        return -errno;
    *file = (struct local_socket_file){status.st_dev, status.st_ino};
    return S_ISSOCK(status.st_mode) ? 0 : -ENOTSOCK;
}

/* A file has the mode that its socket has, where sockets have one; and where they have none, nobody
   can connect to it until it listens. umask() would be the whole program's. */
static int listening(int fd, const struct sockaddr_un *address, int most_waiting,
                     struct local_socket_file *file) {
    const char *path = address->sun_path;
    fchmod(fd, S_IRUSR | S_IWUSR);
    if (bind(fd, (const struct sockaddr *)address, sizeof *address) != 0)
        return -errno;
    int error = name(path, file);
    if (error == 0 && chmod(path, S_IRUSR | S_IWUSR) == 0 && listen(fd, most_waiting) == 0)
        return 0;
    error = error != 0 ? error : -errno;
    local_socket_remove(path, file);
    return error;
}

/* Who sees the other can connect to it. As long, so that no socket is too long for it. */
void local_socket_listed_name(const char *path, char *name) {
    size_t size = strlen(path);
    memcpy(name, path, size + 1);
    name[size - 1] = '~';
}

static bool is_taken(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && !local_socket_is_stale(path);
}

static int become_ready(const struct sockaddr_un *first, const struct sockaddr_un *address,
                        const struct local_socket_file *file) {
    int error = is_taken(address->sun_path) ? -EADDRINUSE : 0;
    if (error == 0 && rename(first->sun_path, address->sun_path) != 0)
        error = -errno;
    if (error != 0)
        local_socket_remove(first->sun_path, file);
    return error;
}

bool local_socket_is_stale(const char *path) {
    struct local_socket_file file;
    if (name(path, &file) != 0)
        return false;
    int fd = local_socket_connect_now(path);
    if (fd >= 0)
        close(fd);
    return fd == -ECONNREFUSED;
}

int local_socket_listen(const char *path, int most_waiting, struct local_socket_file *file) {
    struct sockaddr_un address;
    *file = (struct local_socket_file){0};
    int fd = open_socket(path, &address);
    if (fd < 0)
        return fd;
    struct sockaddr_un first = address;
    local_socket_listed_name(path, first.sun_path);
    int error = stop_blocking(fd);
    if (error == 0)
        error = listening(fd, &first, most_waiting, file);
    if (error == -EADDRINUSE && local_socket_is_stale(first.sun_path)) {
        unlink(first.sun_path);
        error = listening(fd, &first, most_waiting, file);
    }
    if (error == 0)
        error = become_ready(&first, &address, file);
    return keep_if(fd, error);
}

void local_socket_remove(const char *path, const struct local_socket_file *file) {
    struct local_socket_file now = {0};
    if (name(path, &now) == 0 && now.device == file->device && now.inode == file->inode)
        unlink(path);
}

int local_socket_accept(int listening_socket) {
    int fd;
    do
        fd = uninherited_accept(listening_socket);
    while (fd < 0 && (errno == EINTR || errno == ECONNABORTED));
    return fd >= 0 ? fd : -errno;
}

/* ---- what comes ---- */

static void take(struct msghdr *message, struct local_socket_descriptors *descriptors) {
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part != NULL;
         part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        size_t bytes = part->cmsg_len - CMSG_LEN(0);
        memcpy(descriptors->list + descriptors->count, CMSG_DATA(part), bytes);
        descriptors->count += bytes / sizeof *descriptors->list;
    }
}

ssize_t local_socket_receive(int socket, void *bytes, size_t size,
                             struct local_socket_descriptors *descriptors) {
    union {
        char bytes[CMSG_SPACE(sizeof descriptors->list)];
        struct cmsghdr aligned;
    } control;
    struct iovec text = {bytes, size};
    ssize_t got;
    struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1, .msg_control = control.bytes};
    descriptors->count = 0;
    do {
        message.msg_controllen = sizeof control.bytes;
        got = uninherited_receive(socket, &message);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return -errno;
    take(&message, descriptors);
    return got;
}
