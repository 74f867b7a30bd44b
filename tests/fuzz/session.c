/* SPDX-License-Identifier: MIT */
/* A whole session of the adapter, its client and its runtime both played by the input: what the
   client says, a line of five '=', what the runtime says when it is launched. The session must end
   when the client is gone.

   As root it becomes nobody, in a folder of its own: a request may name a file to write. */
#define _GNU_SOURCE
#include "fuzz.h"
#include "log.h"
#include "serve_client.h"

#include <assert.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NOBODY = 65534 };

/* What the runtime says, for the program `chatter`, which is in the current folder. */
static char words[4096];

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    char folder[2048], program[4096];
    if (geteuid() == 0)
        assert(setgid(NOBODY) == 0 && setuid(NOBODY) == 0);
    assert(getcwd(folder, sizeof folder) != NULL);
    snprintf(program, sizeof program, "%s/chatter", folder);
    assert(access(program, X_OK) == 0);
    snprintf(words, sizeof words, "%s/words", folder);
    setenv("LUAHEAT_LUA", program, 1);
    setenv("FUZZ_WORDS", words, 1);
    signal(SIGPIPE, SIG_IGN);
    return 0;
}

static const char border_line[] = "\n=====\n";

/* ---- the client ---- */

struct player {
    int fd;
    const char *said;
    size_t size;
    bool launches;
};

/* The launched program says all it has to say and ends, which the client is told. */
static bool is_over(char *text, size_t size) {
    text[size] = '\0';
    return strstr(text, "\"event\":\"terminated\"") != NULL;
}

/* Reads until the program has ended, or it is quiet for so long that there is none. */
static void listen_to_the_end(const struct player *player) {
    char text[1 << 16];
    ssize_t count;
    struct pollfd ready = {.fd = player->fd, .events = POLLIN};
    while (poll(&ready, 1, 100) > 0) {
        count = recv(player->fd, text, sizeof text - 1, 0);
        if (count <= 0 || is_over(text, (size_t)count))
            return;
    }
}

static void *play(void *of) {
    const struct player *player = of;
    char text[1 << 16];
    for (size_t at = 0; at < player->size;) {
        ssize_t sent = send(player->fd, player->said + at, player->size - at, MSG_NOSIGNAL);
        if (sent <= 0)
            break;
        at += (size_t)sent;
    }
    if (player->launches)
        listen_to_the_end(player);
    shutdown(player->fd, SHUT_WR);
    while (recv(player->fd, text, sizeof text, 0) > 0) {
    }
    return NULL;
}

static void write_words(const char *bytes, size_t size) {
    FILE *file = fopen(words, "w");
    assert(file != NULL && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *said = (const char *)data;
    const char *border = size > 0 ? memmem(said, size, border_line, strlen(border_line)) : NULL;
    size_t client = border != NULL ? (size_t)(border - said) : size;
    if (border != NULL)
        write_words(border + strlen(border_line), size - client - strlen(border_line));
    int fds[2];
    int status = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds);
    assert(status == 0);
    struct player player = {fds[1], said, client, memmem(said, client, "launch", 6) != NULL};
    pthread_t thread;
    status = pthread_create(&thread, NULL, play, &player);
    assert(status == 0);
    struct log log = {0};
    status = serve_client(fds[0], fcntl(fds[0], F_DUPFD_CLOEXEC, 3), &log, NULL);
    assert(status == 0);
    (void)status;
    pthread_join(thread, NULL);
    close(fds[1]);
    return 0;
}
