/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "parent.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <unistd.h>

static pid_t parent, self;

/* The adapter is gone: so are we and whatever the program has started. Any other SIGHUP does what
   it would have done, and so it does in a child of the program. */
static void on_hangup(int signal_number) {
    if (getpid() == self && getppid() != parent)
        kill(0, SIGKILL);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

void parent_follow(void) {
    bool leads = getpgrp() == getpid();
    parent = getppid();
    self = getpid();
    if (leads && signal(SIGHUP, on_hangup) == SIG_IGN) {
        signal(SIGHUP, SIG_IGN); /* so does the program, and what it starts */
        leads = false;
    }
    prctl(PR_SET_PDEATHSIG, leads ? SIGHUP : SIGKILL);
}
