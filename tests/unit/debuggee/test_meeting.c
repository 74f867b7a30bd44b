/* SPDX-License-Identifier: MIT */
#include "meeting.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static uv_loop_t loop;
static int met, met_fd, met_pid;

static void on_met(void *data, int fd, int pid) {
    met++;
    met_fd = fd;
    met_pid = pid;
}

static void begin(void) {
    cr_assert_eq(uv_loop_init(&loop), 0);
}

static void end(void) {
    uv_run(&loop, UV_RUN_DEFAULT);
    cr_assert_eq(uv_loop_close(&loop), 0);
}

TestSuite(meeting, .init = begin, .fini = end, .timeout = 20);

static struct meeting_place *open_place(const char *path) {
    int error = 1;
    struct meeting_place *place = meeting_place_create(&loop, path, on_met, NULL, &error);
    cr_assert_not_null(place);
    cr_assert_eq(error, 0);
    return place;
}

static int come(const struct meeting_place *place) {
    int pid, fd = meeting_connect(meeting_place_path(place), &pid);
    cr_assert_geq(fd, 0);
    cr_assert_eq(pid, getpid());
    while (met == 0)
        uv_run(&loop, UV_RUN_ONCE);
    return fd;
}

static mode_t mode_of(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 ? status.st_mode & 07777 : 0;
}

Test(meeting, a_runtime_that_comes_is_met_with_its_number) {
    struct meeting_place *place = open_place(NULL);
    int there = come(place);
    cr_assert_eq(met_pid, getpid());
    cr_assert_eq(write(there, "x", 1), 1);
    char byte;
    cr_assert_eq(read(met_fd, &byte, 1), 1);
    cr_assert_eq(byte, 'x');
    cr_assert(fcntl(met_fd, F_GETFD) & FD_CLOEXEC);
    cr_assert(fcntl(met_fd, F_GETFL) & O_NONBLOCK);
    close(there);
    close(met_fd);
    meeting_place_destroy(place);
}

Test(meeting, its_place_is_ours_alone_and_nothing_stays_of_it) {
    struct meeting_place *place = open_place(NULL);
    char path[4096], folder[4096];
    snprintf(path, sizeof path, "%s", meeting_place_path(place));
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    cr_assert_eq(mode_of(folder), 0700);
    cr_assert_eq(mode_of(path), 0600);
    meeting_place_destroy(place);
    cr_assert_lt(access(path, F_OK), 0);
    cr_assert_lt(access(folder, F_OK), 0);
}

static void temporary_path(char path[], size_t size) {
    snprintf(path, size, "/tmp/luaheat-test-%d.sock", (int)getpid());
    unlink(path);
}

Test(meeting, a_place_may_be_chosen_and_is_one_place_only) {
    char path[64];
    int error = 0;
    temporary_path(path, sizeof path);
    struct meeting_place *place = open_place(path);
    cr_assert_str_eq(meeting_place_path(place), path);
    cr_assert_eq(mode_of(path), 0600);
    cr_assert_null(meeting_place_create(&loop, path, on_met, NULL, &error));
    cr_assert_eq(error, UV_EADDRINUSE);
    cr_assert_eq(access(path, F_OK), 0);
    meeting_place_destroy(place);
    cr_assert_lt(access(path, F_OK), 0);
}

static void leave_stale_socket(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    cr_assert_eq(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
}

Test(meeting, what_is_left_of_another_is_in_nobodys_way) {
    char path[64];
    int pid;
    temporary_path(path, sizeof path);
    leave_stale_socket(path);
    cr_assert_eq(meeting_connect(path, &pid), -ECONNREFUSED);
    meeting_place_destroy(open_place(path));
}

Test(meeting, a_file_that_is_no_socket_is_left_alone) {
    char path[64];
    int error = 0;
    temporary_path(path, sizeof path);
    close(open(path, O_CREAT | O_WRONLY, 0600));
    cr_assert_null(meeting_place_create(&loop, path, on_met, NULL, &error));
    cr_assert_eq(error, UV_EADDRINUSE);
    cr_assert_eq(unlink(path), 0);
}

Test(meeting, where_nobody_waits_is_an_error) {
    int pid;
    char longest[300] = "/tmp/";
    memset(longest + 5, 'n', sizeof longest - 6);
    cr_assert_eq(meeting_connect("/no/such/door.sock", &pid), -ENOENT);
    cr_assert_eq(meeting_connect(longest, &pid), -ENAMETOOLONG);
}

/* What a runtime reads. */
struct received {
    char line[512];
    int fds[4];
    size_t count;
};

static struct received receive(int fd) {
    struct received received = {.count = 0};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof received.fds)];
    } control;
    struct iovec text = {received.line, sizeof received.line - 1};
    struct msghdr message = {.msg_iov = &text,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control};
    ssize_t size = recvmsg(fd, &message, 0);
    cr_assert_gt(size, 0);
    received.line[size] = '\0';
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    cr_assert_eq(header->cmsg_type, SCM_RIGHTS);
    received.count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    memcpy(received.fds, CMSG_DATA(header), received.count * sizeof(int));
    return received;
}

static struct received greeted(const struct greeting *greeting, int *life) {
    int ends[2];
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    cr_assert_eq(meeting_greet(ends[0], greeting, life), 0);
    struct received received = receive(ends[1]);
    close(ends[0]);
    close(ends[1]);
    return received;
}

static bool is_same_file(int a, int b) {
    struct stat first, second;
    return fstat(a, &first) == 0 && fstat(b, &second) == 0 && first.st_ino == second.st_ino &&
           first.st_dev == second.st_dev;
}

#define GREETING(names)                                                                            \
    "{\"type\":\"greeting\",\"version\":\"" LUAHEAT_VERSION "\",\"descriptors\":[" names "]}\n"

Test(meeting, the_greeting_says_which_descriptors_come_with_it) {
    int bell = open("/dev/null", O_RDWR), figures = open("/dev/zero", O_RDWR), life;
    struct received received = greeted(&(struct greeting){bell, figures}, &life);
    cr_assert_str_eq(received.line, GREETING("\"bell\",\"life\",\"figures\""));
    cr_assert_eq(received.count, 3);
    cr_assert(is_same_file(received.fds[0], bell));
    cr_assert(is_same_file(received.fds[2], figures));
    close(life);
}

Test(meeting, what_is_not_given_is_not_named) {
    int life;
    struct received received = greeted(&(struct greeting){-1, -1}, &life);
    cr_assert_str_eq(received.line, GREETING("\"life\""));
    cr_assert_eq(received.count, 1);
    close(life);
}

Test(meeting, its_life_ends_when_ours_does) {
    int life;
    char byte;
    struct received received = greeted(&(struct greeting){-1, -1}, &life);
    cr_assert_eq(read(received.fds[0], &byte, 1), -1);
    cr_assert_eq(errno, EAGAIN);
    close(life);
    cr_assert_eq(read(received.fds[0], &byte, 1), 0);
}

Test(meeting, who_has_gone_is_not_greeted) {
    int ends[2], life = -1;
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    close(ends[1]);
    cr_assert_eq(meeting_greet(ends[0], &(struct greeting){-1, -1}, &life), -EPIPE);
    cr_assert_eq(life, -1);
}
