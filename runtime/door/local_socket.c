/* SPDX-License-Identifier: MIT */
#include "local_socket.h"

#include "uninherited.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int address_of(const char *path, struct sockaddr_un *address) {
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address->sun_path)
        return -ENAMETOOLONG;
    memcpy(address->sun_path, path, strlen(path));
    return 0;
}

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

int local_socket_connect(const char *path) {
    struct sockaddr_un address;
    int error = address_of(path, &address);
    int fd = error == 0 ? uninherited_socket() : error;
    if (fd < 0)
        return error != 0 ? error : -errno;
    error = connected(fd, &address);
    if (error == 0)
        return fd;
    close(fd);
    return error;
}

/* The folder is the user's alone; so is the socket, before anybody can connect to it. */
static int listening(int fd, const struct sockaddr_un *address) {
    enum { WAITING = 8 };
    if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0 ||
        bind(fd, (const struct sockaddr *)address, sizeof *address) != 0)
        return -errno;
    if (chmod(address->sun_path, S_IRUSR | S_IWUSR) == 0 && listen(fd, WAITING) == 0)
        return 0;
    int error = -errno;
    unlink(address->sun_path);
    return error;
}

int local_socket_listen(const char *path) {
    struct sockaddr_un address;
    int error = address_of(path, &address);
    int fd = error == 0 ? uninherited_socket() : error;
    if (fd < 0)
        return error != 0 ? error : -errno;
    error = listening(fd, &address);
    if (error == 0)
        return fd;
    close(fd);
    return error;
}

int local_socket_accept(int listening_socket) {
    int fd;
    do
        fd = uninherited_accept(listening_socket);
    while (fd < 0 && (errno == EINTR || errno == ECONNABORTED));
    return fd >= 0 ? fd : -errno;
}

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
