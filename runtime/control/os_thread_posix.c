/* SPDX-License-Identifier: MIT */
#include "os_thread.h"

#include <errno.h>
#include <sys/resource.h>

uint32_t os_thread_id(void) {
    return 0;
}

uint64_t os_thread_waits(void) {
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_nvcsw : 0;
}

int os_thread_call_for(int fd, int signal_number) {
    (void)fd;
    (void)signal_number;
    return -ENOSYS;
}

void os_thread_forget(int fd) {
    (void)fd;
}
