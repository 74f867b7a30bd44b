/* SPDX-License-Identifier: MIT */
#include "os_thread.h"

#include <errno.h>

uint32_t os_thread_id(void) {
    return 0;
}

int os_thread_call_for(int fd, int signal_number) {
    (void)fd;
    (void)signal_number;
    return -ENOSYS;
}

void os_thread_forget(int fd) {
    (void)fd;
}
