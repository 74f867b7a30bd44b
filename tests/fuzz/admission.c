/* SPDX-License-Identifier: MIT */
/* Somebody who has connected to `luaheat dap --listen`. The first letter of the input says to what:
   't': there a token is wanted; 'f': nobody is let in any more; 'o': a browser speaks, and stands
   in front of all that follows; else whoever says hello may come in. The rest is what he says. */
#define _GNU_SOURCE
#include "admission.h"
#include "fuzz.h"
#include "log.h"
#include "serve_client.h"
#include "token.h"

#include <assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NOBODY = 65534 };

static char secret[] = "correct-horse-battery";
static const char origin[] = "Origin: http://evil.example\r\n";

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    if (geteuid() == 0)
        assert(setgid(NOBODY) == 0 && setuid(NOBODY) == 0);
    signal(SIGPIPE, SIG_IGN);
    setenv("LUAHEAT_LUA", "/nowhere/luaheat-lua", 1);
    return 0;
}

/* What has been said to him, NUL-terminated. */
static char heard[1 << 20];

static size_t hear(int fd) {
    size_t size = 0;
    ssize_t got;
    while (size < sizeof heard - 1 && (got = read(fd, heard + size, sizeof heard - 1 - size)) > 0)
        size += (size_t)got;
    heard[size] = '\0';
    return size;
}

/* Escapes of JSON can say it as well. */
static bool may_know_the_secret(const uint8_t *said, size_t size) {
    return memmem(said, size, secret, sizeof secret - 1) != NULL ||
           memchr(said, '\\', size) != NULL;
}

static void check(char kind, const struct admission *admission, const uint8_t *said, size_t size) {
    if (admission->passed) {
        assert(kind != 'f' && kind != 'o');
        assert(kind != 't' || may_know_the_secret(said, size));
        return;
    }
    assert(strstr(heard, "\"type\":\"event\"") == NULL);
    assert(kind != 'o' || heard[0] == '\0');
    assert(admission->heard || heard[0] == '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char kind = size > 0 ? (char)data[0] : '\0';
    const struct token token = {secret, sizeof secret - 1};
    int fds[2];
    if (size == 0 || size > (1 << 16))
        return 0;
    int status = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds);
    assert(status == 0);
    struct admission admission = {
        .token = kind == 't' ? &token : NULL,
        .turned_away = kind == 'f' ? "There is no room" : NULL,
    };
    if (kind == 'o')
        (void)!send(fds[1], origin, sizeof origin - 1, MSG_NOSIGNAL);
    (void)!send(fds[1], data + 1, size - 1, MSG_NOSIGNAL);
    shutdown(fds[1], SHUT_WR);
    struct log log = {0};
    status = serve_client(fds[0], fcntl(fds[0], F_DUPFD_CLOEXEC, 3), &log, &admission);
    assert(status == 0);
    (void)status;
    hear(fds[1]);
    check(kind, &admission, data + 1, size - 1);
    close(fds[1]);
    return 0;
}
