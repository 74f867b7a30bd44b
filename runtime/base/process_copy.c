/* SPDX-License-Identifier: MIT */
#include "process_copy.h"

#include "clock.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_NAP_NS = 50000, NAP_OF = 16 /* of the time that it takes */ };

static bool wait_for(pid_t copy, int64_t most_ns) {
    int64_t begun = clock_ns(), passed = 0;
    if (most_ns == 0) {
        process_copy_wait(copy);
        return true;
    }
    for (; !process_copy_ended(copy); passed = clock_ns() - begun) {
        if (passed > most_ns) {
            kill(copy, SIGKILL);
            process_copy_wait(copy);
            return false;
        }
        nanosleep(&(struct timespec){.tv_nsec = FIRST_NAP_NS + passed / NAP_OF % 1000000000}, NULL);
    }
    return true;
}

bool process_copy_run(void (*function)(void *data), void *data, int64_t most_ns) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t copy = process_copy();
    if (copy == 0) {
        function(data);
        _exit(0);
    }
    bool ended = copy > 0 && wait_for(copy, most_ns);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ended;
}
