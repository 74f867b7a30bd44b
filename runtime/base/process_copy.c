/* SPDX-License-Identifier: MIT */
#include "process_copy.h"

#include <signal.h>
#include <unistd.h>

bool process_copy_run(void (*function)(void *data), void *data) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t copy = process_copy();
    if (copy == 0) {
        function(data);
        _exit(0);
    }
    if (copy > 0)
        process_copy_wait(copy);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return copy > 0;
}
