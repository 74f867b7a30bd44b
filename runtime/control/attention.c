/* SPDX-License-Identifier: MIT */
#include "attention.h"

#include "hook.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static struct debugger *volatile attended;

static void demand(enum debugger_attention what) {
    int saved = errno;
    if (attended != NULL) {
        attended->attention |= (sig_atomic_t)what;
        hook_demand(attended);
    }
    errno = saved;
}

static void on_link(int signal_number) {
    (void)signal_number;
    demand(ATTENTION_LINK);
}

static void on_interrupt(int signal_number) {
    signal(signal_number, SIG_DFL); /* if it happens again, end the process */
    demand(ATTENTION_INTERRUPT);
}

static int handle(int signal_number, void (*handler)(int), int flags) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    return sigaction(signal_number, &action, NULL) == 0 ? 0 : -errno;
}

int attention_watch(struct debugger *debugger, int fd) {
    attended = debugger;
    int error = handle(SIGIO, on_link, SA_RESTART); /* the program's own I/O must not notice */
    if (error != 0)
        return error;
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETOWN, getpid()) < 0 || fcntl(fd, F_SETFL, flags | O_ASYNC) < 0)
        return -errno;
    return 0;
}

static void mask_link(int how) {
    sigset_t link;
    sigemptyset(&link);
    sigaddset(&link, SIGIO);
    sigprocmask(how, &link, NULL);
}

void attention_hold(void) {
    mask_link(SIG_BLOCK);
}

void attention_release(void) {
    mask_link(SIG_UNBLOCK);
}

void attention_catch_interrupt(struct debugger *debugger) {
    attended = debugger;
    handle(SIGINT, on_interrupt, 0);
}

void attention_ignore_interrupt(void) {
    signal(SIGINT, SIG_DFL);
}

void attention_end(void) {
    attended = NULL;
    signal(SIGINT, SIG_DFL);
}
