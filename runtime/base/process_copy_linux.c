/* SPDX-License-Identifier: MIT */
/* No signal tells of its end, wait() does not see it, and no handlers of pthread_atfork() run. */
#define _GNU_SOURCE
#include "process_copy.h"

#include <errno.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t process_copy(void) {
    return (pid_t)syscall(SYS_clone, 0L, 0L, 0L, 0L, 0L);
}

void process_copy_wait(pid_t copy) {
    while (waitpid(copy, NULL, __WCLONE) == -1 && errno == EINTR)
        ;
}

bool process_copy_ended(pid_t copy) {
    return waitpid(copy, NULL, __WCLONE | WNOHANG) != 0;
}
