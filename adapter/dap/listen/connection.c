/* SPDX-License-Identifier: MIT */
#include "connection.h"

#include "admission.h"
#include "complain.h"
#include "deadline.h"
#include "serve_client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

/* What a client gets to read our last words. */
enum { LINGER_MS = 500 };

static void tell_admitted(void *data) {
    const struct connection *connection = data;
    while (write(connection->word, "a", 1) < 0 && errno == EINTR)
        continue;
}

/* A socket that is closed with something unread in it takes what was sent last back: so what still
   comes is read, until the client has closed its end. */
static void linger(int fd) {
    char unwanted[4096];
    struct pollfd closed = {.fd = fd, .events = POLLIN};
    int64_t deadline = deadline_in(LINGER_MS), left = LINGER_MS;
    shutdown(fd, SHUT_WR);
    while (left > 0 && poll(&closed, 1, (int)left) > 0 && read(fd, unwanted, sizeof unwanted) > 0)
        left = deadline_left(deadline);
}

int connection_serve(const struct connection *connection) {
    struct admission admission = {
        .token = connection->token,
        .turned_away = connection->turned_away,
        .on_admitted = tell_admitted,
        .data = (void *)connection,
    };
    int in_fd = fcntl(connection->fd, F_DUPFD_CLOEXEC, 0);
    int out_fd = fcntl(connection->fd, F_DUPFD_CLOEXEC, 0);
    int status = in_fd < 0 || out_fd < 0 ? UV_EMFILE
                                         : serve_client(in_fd, out_fd, connection->log, &admission);
    if (status != 0)
        say("cannot serve a client: %s", uv_strerror(status));
    if (admission.heard)
        linger(connection->fd);
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
