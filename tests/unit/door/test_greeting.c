/* SPDX-License-Identifier: MIT */
#include "greeting.h"

#include "connecting.h"
#include "local_socket.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

TestSuite(greeting, .timeout = 60);

#define HELLO "{\"type\":\"greeting\",\"version\":\"" LUAHEAT_VERSION "\",\"descriptors\":"

/* The adapter's end and the runtime's. */
static int ends[2];
static struct greeting greeting;

static int open_descriptors(void) {
    int count = 0;
    for (int fd = 0; fd < 2048; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

static void meet(void) {
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    greeting_begin(&greeting, ends[1]);
}

static void send_with(int to, const char *text, size_t count, const int *descriptors) {
    union {
        char bytes[CMSG_SPACE(64 * sizeof(int))];
        struct cmsghdr aligned;
    } control;
    struct iovec part = {(void *)(uintptr_t)text, strlen(text)};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(header), descriptors, count * sizeof(int));
    }
    cr_assert_eq(sendmsg(to, &message, 0), (ssize_t)strlen(text));
}

/* As the adapter says it: all at once, with memory and the end of a pipe. */
static int memory_of(size_t size) {
    char name[] = "/tmp/greeting-XXXXXX";
    int fd = mkstemp(name);
    cr_assert_eq(unlink(name), 0);
    cr_assert_eq(ftruncate(fd, (off_t)size), 0);
    return fd;
}

struct pipe_ends {
    int read, write;
};

static struct pipe_ends pipe_new(void) {
    int both[2];
    cr_assert_eq(pipe(both), 0);
    return (struct pipe_ends){both[0], both[1]};
}

static void greet(const char *text, size_t bell_bytes) {
    struct pipe_ends life = pipe_new();
    int passed[] = {memory_of(bell_bytes), life.read, memory_of(sizeof(struct figures))};
    send_with(ends[0], text, 3, passed);
    for (int i = 0; i < 3; i++)
        close(passed[i]);
    close(life.write);
}

static const char whole[] = HELLO "[\"bell\",\"life\",\"figures\"],\"measure\":\"{}\"}\n";

Test(greeting, hands_over_what_is_named) {
    struct handed handed;
    char problem[GREETING_PROBLEM_BYTES], byte;
    meet();
    cr_assert_eq(greeting_read(&greeting), GREETING_AWAITED, "a silent peer is not waited for");
    greet(whole, sizeof(struct bell));
    cr_assert_eq(greeting_read(&greeting), GREETING_HEARD);
    cr_assert(greeting_take(&greeting, &handed, problem), "%s", problem);
    cr_assert_eq(handed.link, -1);
    cr_assert_not_null(handed.bell);
    cr_assert_eq(handed.figures->site_count, 0);
    cr_assert_str_eq(handed.measure, "{}");
    cr_assert_null(handed.sampling);
    cr_assert(fcntl(handed.life, F_GETFD) & FD_CLOEXEC);
    cr_assert_eq(read(handed.life, &byte, 1), 0, "nobody holds the other end");
    greeting_finish(&greeting);
    handed_finish(&handed);
}

Test(greeting, comes_in_pieces_and_is_waited_for_without_waiting) {
    struct handed handed;
    char problem[GREETING_PROBLEM_BYTES];
    int before = open_descriptors();
    meet();
    struct pipe_ends life = pipe_new();
    send_with(ends[0], HELLO, 1, &life.read);
    cr_assert_eq(greeting_read(&greeting), GREETING_AWAITED);
    send_with(ends[0], "[\"li", 0, NULL);
    cr_assert_eq(greeting_read(&greeting), GREETING_AWAITED);
    send_with(ends[0], "fe\"]}\n", 0, NULL);
    cr_assert_eq(greeting_read(&greeting), GREETING_HEARD);
    cr_assert(greeting_take(&greeting, &handed, problem), "%s", problem);
    cr_assert_geq(handed.life, 0);
    cr_assert_null(handed.figures);
    greeting_finish(&greeting);
    handed_finish(&handed);
    close(life.read), close(life.write), close(ends[0]), close(ends[1]);
    cr_assert_eq(open_descriptors(), before);
}

/* What the peer says is no greeting; and no descriptor of it stays. */
static void assert_none(const char *text, size_t count, enum greeting_state expected) {
    struct handed handed;
    char problem[GREETING_PROBLEM_BYTES];
    int before = open_descriptors(), zero = open("/dev/null", O_RDONLY), passed[40];
    for (int i = 0; i < 40; i++)
        passed[i] = zero;
    meet();
    send_with(ends[0], text, count, passed);
    close(zero);
    shutdown(ends[0], SHUT_WR);
    enum greeting_state state = greeting_read(&greeting);
    cr_assert_eq(state, expected, "%s: %d", text, state);
    if (state == GREETING_HEARD)
        cr_assert_not(greeting_take(&greeting, &handed, problem), "%s", text);
    greeting_finish(&greeting);
    close(ends[0]), close(ends[1]);
    cr_assert_eq(open_descriptors(), before, "%s", text);
}

Test(greeting, of_anybody_else_is_none_and_leaves_no_descriptor) {
    assert_none("GET / HTTP/1.1\r\n", 0, GREETING_HEARD);
    assert_none("\n", 0, GREETING_HEARD);
    assert_none("{}\n", 0, GREETING_HEARD);
    assert_none("[1]\n", 2, GREETING_HEARD);
    assert_none("{\"type\":\"greet\"}\n", 3, GREETING_HEARD);
    assert_none("{\"type\":\"greeting\"}\n", 1, GREETING_HEARD);
    assert_none("half a li", 1, GREETING_NONE);
    assert_none(HELLO "[]}\n{\"seq\":1}\n", 0, GREETING_NONE);
    assert_none(HELLO "[\"life\"]}\n", 0, GREETING_HEARD);
    assert_none(HELLO "[\"life\"]}\n", 2, GREETING_HEARD);
    assert_none(HELLO "[\"life\",\"life\"]}\n", 1, GREETING_HEARD);
    assert_none(HELLO "{\"life\":1}}\n", 2, GREETING_HEARD);
    assert_none(HELLO "[\"life\",\"life\",\"life\",\"life\"]}\n", 4, GREETING_NONE);
    assert_none(HELLO "[]}\n", 17, GREETING_NONE);
    assert_none(HELLO "[]}\n", 40, GREETING_NONE);
}

Test(greeting, of_memory_that_is_too_small_is_refused) {
    struct handed handed;
    char problem[GREETING_PROBLEM_BYTES];
    int before = open_descriptors();
    meet();
    greet(whole, 0);
    cr_assert_eq(greeting_read(&greeting), GREETING_HEARD);
    cr_assert_not(greeting_take(&greeting, &handed, problem));
    cr_assert_not_null(strstr(problem, strerror(EINVAL)), "%s", problem);
    greeting_finish(&greeting);
    close(ends[0]), close(ends[1]);
    cr_assert_eq(open_descriptors(), before);
}

Test(greeting, of_another_version_is_refused_in_words) {
    struct handed handed;
    char problem[GREETING_PROBLEM_BYTES];
    meet();
    greet("{\"type\":\"greeting\",\"version\":\"77\",\"descriptors\":[\"bell\",\"life\","
          "\"figures\"]}\n",
          sizeof(struct bell));
    cr_assert_eq(greeting_read(&greeting), GREETING_HEARD);
    cr_assert_not(greeting_take(&greeting, &handed, problem));
    cr_assert_not_null(strstr(problem, "77"), "%s", problem);
    cr_assert_not_null(strstr(problem, LUAHEAT_VERSION), "%s", problem);
    greeting_finish(&greeting);
}

Test(greeting, longer_than_one_may_be_is_none) {
    enum { PIECE = 4096 };
    char piece[PIECE + 1];
    memset(piece, 'x', PIECE);
    piece[PIECE] = '\0';
    meet();
    for (int i = 1; i < LINK_GREETING_BYTES / PIECE; i++) {
        send_with(ends[0], piece, 0, NULL);
        cr_assert_eq(greeting_read(&greeting), GREETING_AWAITED);
    }
    send_with(ends[0], piece, 0, NULL);
    cr_assert_eq(greeting_read(&greeting), GREETING_NONE);
    greeting_finish(&greeting);
}

/* ---- a program that goes to the adapter ---- */

static char folder[] = "/tmp/connecting-XXXXXX", place[64];

static int wait_there(void) {
    cr_assert_not_null(mkdtemp(folder));
    snprintf(place, sizeof place, "%s/s", folder);
    struct local_socket_file file;
    int fd = local_socket_listen(place, 8, &file);
    cr_assert_geq(fd, 0);
    return fd;
}

static void leave(void) {
    unlink(place);
    rmdir(folder);
}

TestSuite(connecting, .timeout = 60, .fini = leave);

static void *be_adapter(void *data) {
    int life[2], listening = *(int *)data, fd = -EAGAIN;
    cr_assert_eq(pipe(life), 0);
    while (fd == -EAGAIN)
        fd = local_socket_accept(listening);
    send_with(fd, HELLO "[\"life\"]}\n", 1, life);
    return NULL;
}

Test(connecting, to_one_that_greets_hands_over_all) {
    struct handed handed;
    char problem[CONNECTING_PROBLEM_BYTES];
    pthread_t adapter;
    int listening = wait_there();
    pthread_create(&adapter, NULL, be_adapter, &listening);
    cr_assert(connecting_meet(place, &handed, problem), "%s", problem);
    pthread_join(adapter, NULL);
    cr_assert_geq(handed.link, 0);
    cr_assert_geq(handed.life, 0);
    cr_assert(fcntl(handed.link, F_GETFD) & FD_CLOEXEC);
    handed_finish(&handed);
    close(listening);
}

Test(connecting, to_one_that_is_silent_ends) {
    struct handed handed;
    char problem[CONNECTING_PROBLEM_BYTES];
    int listening = wait_there(), before = open_descriptors();
    cr_assert_not(connecting_meet(place, &handed, problem));
    cr_assert_str_eq(problem, "whoever listens there is no luaheat");
    cr_assert_eq(open_descriptors(), before);
    close(listening);
    cr_assert_not(connecting_meet(place, &handed, problem));
    cr_assert_str_eq(problem, strerror(ECONNREFUSED));
    cr_assert_eq(open_descriptors(), before - 1);
}

Test(connecting, to_what_is_no_place_of_a_socket_fails) {
    struct handed handed;
    char problem[CONNECTING_PROBLEM_BYTES], name[200];
    close(wait_there());
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    cr_assert_not(connecting_meet(name, &handed, problem));
    cr_assert_str_eq(problem, strerror(ENAMETOOLONG));
    cr_assert_not(connecting_meet("/nowhere/at/all", &handed, problem));
    cr_assert_str_eq(problem, strerror(ENOENT));
}
