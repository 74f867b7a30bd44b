/* SPDX-License-Identifier: MIT */
#include "parent.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_NS = 100000000 };

static pid_t parent;

/* Another process adopts those whose parent has ended. */
static void *watch(void *unused) {
    const struct timespec pause = {.tv_nsec = LOOK_NS};
    while (getppid() == parent)
        nanosleep(&pause, NULL);
    kill(getpid(), SIGKILL);
    return unused;
}

static int life;

static void *watch_life(void *unused) {
    struct pollfd end = {.fd = life, .events = POLLIN};
    while (poll(&end, 1, -1) < 0)
        ;
    kill(getpgrp() == getpid() ? 0 : getpid(), SIGKILL);
    return unused;
}

/* A thread of which the program notices nothing: it takes none of its signals and no memory of
   Lua's. Without it the process goes on. */
static void start(void *(*body)(void *unused)) {
    sigset_t all, before;
    pthread_t thread;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&thread, NULL, body, NULL) == 0)
        pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void parent_follow(void) {
    parent = getppid();
    start(watch);
}

void parent_follow_life(int pipe) {
    life = pipe;
    start(watch_life);
}
