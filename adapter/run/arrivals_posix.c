/* SPDX-License-Identifier: MIT */
#include "arrivals.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include <uv.h>

static const int numbers[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

/* Where the handler writes; -1: nowhere. */
static volatile sig_atomic_t written = -1;

static struct sigaction actions_before[NUMBERS];
static sigset_t blocked_before;

/* Not all systems have a code for what comes from the terminal: there it is 0, like the sender. */
static bool is_from_process(const siginfo_t *info) {
    return info->si_code == SI_USER || info->si_code == SI_QUEUE ||
           (info->si_code <= 0 && info->si_pid != 0);
}

/* A pipe that is full has enough to tell. */
static void arrive(int number, siginfo_t *info, void *context) {
    int error = errno;
    struct arrival arrival = {number, is_from_process(info)};
    (void)context;
    if (written >= 0 && write(written, &arrival, sizeof arrival) < 0)
        errno = error;
}

static void catch_all(void) {
    struct sigaction action = {.sa_sigaction = arrive, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigset_t signals;
    sigemptyset(&signals);
    for (int i = 0; i < NUMBERS; i++)
        sigaddset(&signals, numbers[i]);
    action.sa_mask = signals;
    for (int i = 0; i < NUMBERS; i++)
        sigaction(numbers[i], &action, &actions_before[i]);
    sigprocmask(SIG_UNBLOCK, &signals, &blocked_before);
}

int arrivals_open(void) {
    uv_file ends[2];
    int error = uv_pipe(ends, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE);
    if (error != 0)
        return error;
    written = ends[1];
    catch_all();
    return ends[0];
}

bool arrivals_next(int fd, struct arrival *arrival) {
    return read(fd, arrival, sizeof *arrival) == sizeof *arrival;
}

void arrivals_close(int fd) {
    int ours = written;
    for (int i = 0; i < NUMBERS; i++)
        sigaction(numbers[i], &actions_before[i], NULL);
    sigprocmask(SIG_SETMASK, &blocked_before, NULL);
    written = -1;
    close(ours);
    close(fd);
}
