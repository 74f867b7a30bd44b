/* SPDX-License-Identifier: MIT */
/*
 * peer: comes to the door of a program as the adapter does (link/link.h), and leaves it, well or
 * not.
 *
 *   peer PATH [--times N] [--figures] [--cut BYTES]
 *   peer PATH --deaf asks | SOURCE:LINE
 *
 * Each time it greets, hears `ready`, says configurationDone and detach, each answered, and sees
 * the link closed. --cut: after so many bytes it goes without a word. It prints "N times" at the
 * end; else what went wrong, and fails.
 *
 * --deaf: it says configurationDone, reads nothing any more, and prints "let go" when the program
 * has closed the link: it asks without an end, or has a breakpoint there that prints something.
 */
#include "bell.h"
#include "figures.h"
#include "link.h"
#include "local_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static struct options {
    const char *path, *deaf;
    long times, cut; /* cut: below 0: never */
    bool figures;
} options = {.times = 1, .cut = -1};

static int link_socket;
static struct bell *bell;

static void fail(const char *what, const char *why) {
    printf("%s: %s\n", what, why);
    exit(1);
}

static int memory(const char *name, size_t size) {
    char unique[64];
    snprintf(unique, sizeof unique, "/peer-%ld-%s", (long)getpid(), name);
    int fd = shm_open(unique, O_RDWR | O_CREAT | O_EXCL, 0600);
    shm_unlink(unique);
    if (fd < 0 || ftruncate(fd, (off_t)size) != 0)
        fail(name, strerror(errno));
    return fd;
}

/* ---- saying ---- */

static void say_with(const char *text, size_t count, const int *descriptors) {
    union {
        char bytes[CMSG_SPACE(LINK_DESCRIPTORS * sizeof(int))];
        struct cmsghdr aligned;
    } control;
    size_t size = strlen(text);
    bool is_cut = options.cut >= 0 && (size_t)options.cut < size;
    struct iovec part = {(char *)text, is_cut ? (size_t)options.cut : size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 0 && part.iov_len > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(header), descriptors, count * sizeof(int));
    }
    if (sendmsg(link_socket, &message, MSG_NOSIGNAL) < 0)
        fail("send", strerror(errno));
    if (is_cut)
        _exit(0);
    options.cut -= options.cut >= 0 ? (long)size : 0;
}

static void say(const char *text) {
    say_with(text, 0, NULL);
    bell_ring(bell);
}

static void greet(int *life) {
    char text[256];
    int both[2], bell_memory = memory("bell", sizeof *bell);
    int figures = options.figures ? memory("figures", sizeof(struct figures)) : -1;
    if (pipe(both) != 0)
        fail("pipe", strerror(errno));
    bell = mmap(NULL, sizeof *bell, PROT_READ | PROT_WRITE, MAP_SHARED, bell_memory, 0);
    const int descriptors[] = {bell_memory, both[0], figures};
    snprintf(text, sizeof text,
             "{\"type\":\"greeting\",\"version\":\"%s\",\"descriptors\":[\"bell\",\"life\"%s]}\n",
             LUAHEAT_VERSION, options.figures ? ",\"figures\"" : "");
    say_with(text, options.figures ? 3 : 2, descriptors);
    close(bell_memory);
    close(both[0]);
    if (figures >= 0)
        close(figures);
    *life = both[1];
}

/* ---- hearing ---- */

static char heard[1 << 16];
static size_t heard_bytes;

/* Lines until one that holds the text; then it is forgotten. */
static void hear(const char *text) {
    for (;;) {
        char *end = memchr(heard, '\n', heard_bytes);
        if (end != NULL) {
            *end = '\0';
            bool found = strstr(heard, text) != NULL,
                 refused = strstr(heard, "\"problem\"") != NULL;
            if (refused || strstr(heard, "\"success\":false") != NULL)
                fail("refused", heard);
            heard_bytes -= (size_t)(end + 1 - heard);
            memmove(heard, end + 1, heard_bytes);
            if (found)
                return;
            continue;
        }
        ssize_t got = recv(link_socket, heard + heard_bytes, sizeof heard - heard_bytes, 0);
        if (got <= 0)
            fail(text, got == 0 ? "the link has been closed" : strerror(errno));
        heard_bytes += (size_t)got;
    }
}

static void hear_the_end(void) {
    char byte;
    if (recv(link_socket, &byte, 1, 0) > 0)
        fail("the end", "there is more");
}

/* The end of `life` is the caller's. */
static int come(void) {
    int life;
    heard_bytes = 0;
    link_socket = local_socket_connect(options.path);
    if (link_socket < 0)
        fail("connect", strerror(-link_socket));
    greet(&life);
    hear("\"ready\"");
    return life;
}

static void visit(void) {
    int life = come();
    say("{\"seq\":1,\"command\":\"configurationDone\"}\n");
    hear("\"request_seq\":1");
    say("{\"seq\":2,\"command\":\"detach\"}\n");
    hear("\"request_seq\":2");
    hear_the_end();
    munmap(bell, sizeof *bell);
    close(life);
    close(link_socket);
}

/* ---- who does not listen ---- */

/* False: there is no link any more. */
static bool ask(int seq) {
    char text[64];
    int size = snprintf(text, sizeof text, "{\"seq\":%d,\"command\":\"loadedSources\"}\n", seq);
    bool said = send(link_socket, text, (size_t)size, MSG_NOSIGNAL) == size;
    bell_ring(bell);
    return said;
}

static void print_at(const char *place) {
    char text[4096];
    const char *colon = strrchr(place, ':');
    snprintf(
        text, sizeof text,
        "{\"seq\":1,\"command\":\"setBreakpoints\",\"arguments\":{\"source\":{\"path\":\"%.*s\"},"
        "\"breakpoints\":[{\"id\":1,\"line\":%s,\"logMessage\":\"here\"}]}}\n",
        (int)(colon - place), place, colon + 1);
    say(text);
}

static void be_deaf(void) {
    come();
    bool asks = strcmp(options.deaf, "asks") == 0;
    if (!asks)
        print_at(options.deaf);
    say("{\"seq\":2,\"command\":\"configurationDone\"}\n");
    for (int seq = 3; asks && ask(seq); seq++)
        ;
    struct pollfd end = {.fd = link_socket};
    poll(&end, 1, -1);
    printf("let go\n");
}

int main(int argc, char **argv) {
    if (argc < 2)
        fail("usage", "peer PATH [--times N] [--figures] [--cut BYTES] [--deaf asks|SOURCE:LINE]");
    options.path = argv[1];
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--times") == 0)
            options.times = atol(argv[++i]);
        else if (strcmp(argv[i], "--cut") == 0)
            options.cut = atol(argv[++i]);
        else if (strcmp(argv[i], "--deaf") == 0)
            options.deaf = argv[++i];
        else if (strcmp(argv[i], "--figures") == 0)
            options.figures = true;
    }
    if (options.deaf != NULL) {
        be_deaf();
        return 0;
    }
    for (long i = 0; i < options.times; i++)
        visit();
    printf("%ld times\n", options.times);
    return 0;
}
