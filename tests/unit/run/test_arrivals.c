/* SPDX-License-Identifier: MIT */
#include "arrivals.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(arrivals, .timeout = 20);

static struct arrival await(int fd) {
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    struct arrival arrival;
    while (!arrivals_next(fd, &arrival))
        poll(&poll_fd, 1, -1);
    return arrival;
}

Test(arrivals, each_is_told_and_does_nothing_else) {
    static const int signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
    int fd = arrivals_open();
    cr_assert_geq(fd, 0);
    for (int i = 0; i < 4; i++) {
        kill(getpid(), signals[i]);
        struct arrival arrival = await(fd);
        cr_assert_eq(arrival.signal, signals[i]);
        cr_assert(arrival.from_process);
    }
    arrivals_close(fd);
}

Test(arrivals, there_is_none_before_one_comes_and_none_twice) {
    struct arrival arrival;
    int fd = arrivals_open();
    cr_assert_not(arrivals_next(fd, &arrival));
    raise(SIGTERM);
    await(fd);
    cr_assert_not(arrivals_next(fd, &arrival));
    arrivals_close(fd);
}

static void block_one_and_ignore_another(void) {
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, NULL);
    signal(SIGHUP, SIG_IGN);
}

Test(arrivals, those_that_were_blocked_or_ignored_are_told_as_well) {
    block_one_and_ignore_another();
    int fd = arrivals_open();
    kill(getpid(), SIGTERM);
    cr_assert_eq(await(fd).signal, SIGTERM);
    kill(getpid(), SIGHUP);
    cr_assert_eq(await(fd).signal, SIGHUP);
    arrivals_close(fd);
}

Test(arrivals, what_has_come_by_the_end_is_lost) {
    int fd = arrivals_open();
    kill(getpid(), SIGINT);
    kill(getpid(), SIGHUP);
    arrivals_close(fd);
}

Test(arrivals, later_ones_end_whom_they_ended_before, .signal = SIGTERM) {
    arrivals_close(arrivals_open());
    kill(getpid(), SIGTERM);
}

Test(arrivals, and_nobody_else) {
    block_one_and_ignore_another();
    arrivals_close(arrivals_open());
    kill(getpid(), SIGTERM);
    kill(getpid(), SIGHUP);
}

Test(arrivals, what_is_polled_is_not_inherited) {
    int fd = arrivals_open();
    cr_assert(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    arrivals_close(fd);
}

/* On a terminal of its own: 0 if Ctrl-C was told as what it is. */
static int press_a_key(const char *terminal) {
    setsid();
    int fd = open(terminal, O_RDWR), arrivals = arrivals_open();
    if (fd < 0 || arrivals < 0 || ioctl(fd, TIOCSCTTY, 0) != 0 || write(fd, "!", 1) != 1)
        return 1;
    struct arrival arrival = await(arrivals);
    return arrival.signal == SIGINT && !arrival.from_process ? 0 : 2;
}

Test(arrivals, a_key_is_no_process) {
    int master = posix_openpt(O_RDWR | O_NOCTTY), status;
    char ready;
    cr_assert(grantpt(master) == 0 && unlockpt(master) == 0);
    int child = fork();
    if (child == 0)
        _exit(press_a_key(ptsname(master)));
    cr_assert_eq(read(master, &ready, 1), 1);
    cr_assert_eq(write(master, "\003", 1), 1);
    waitpid(child, &status, 0);
    cr_assert(WIFEXITED(status));
    cr_assert_eq(WEXITSTATUS(status), 0);
}
