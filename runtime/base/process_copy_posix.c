/* SPDX-License-Identifier: MIT */
#include "process_copy.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t process_copy(void) {
    return fork();
}

void process_copy_wait(pid_t copy) {
    while (waitpid(copy, NULL, 0) == -1 && errno == EINTR)
        ;
}

bool process_copy_ended(pid_t copy) {
    return waitpid(copy, NULL, WNOHANG) != 0;
}
