/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "parent.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

void parent_follow(void) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/* The system itself sends it, whatever the program does then. */
void parent_follow_life(int life) {
    struct pollfd end = {.fd = life, .events = POLLIN};
    pid_t whom = getpgrp() == getpid() ? -getpid() : getpid();
    fcntl(life, F_SETOWN, whom);
    fcntl(life, F_SETSIG, SIGKILL);
    fcntl(life, F_SETFL, fcntl(life, F_GETFL) | O_ASYNC);
    if (poll(&end, 1, 0) > 0) /* it came before */
        kill(whom, SIGKILL);
}
