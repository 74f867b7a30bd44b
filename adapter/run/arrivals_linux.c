/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "arrivals.h"

#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

static sigset_t before; /* what was blocked */

int arrivals_open(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGQUIT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &signals, &before) != 0)
        return -errno;
    int fd = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    return fd >= 0 ? fd : -errno;
}

bool arrivals_next(int fd, struct arrival *arrival) {
    struct signalfd_siginfo info;
    if (read(fd, &info, sizeof info) != sizeof info)
        return false;
    *arrival = (struct arrival){(int)info.ssi_signo, info.ssi_code != SI_KERNEL};
    return true;
}

void arrivals_close(int fd) {
    struct arrival lost;
    while (arrivals_next(fd, &lost))
        continue;
    close(fd);
    sigprocmask(SIG_SETMASK, &before, NULL);
}
