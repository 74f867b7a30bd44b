/* SPDX-License-Identifier: MIT */
#include "parent.h"

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

/* A thread of which the program notices nothing: it takes none of its signals and no memory of
   Lua's. Without it the process goes on. */
void parent_follow(void) {
    sigset_t all, before;
    pthread_t thread;
    parent = getppid();
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&thread, NULL, watch, NULL) == 0)
        pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
