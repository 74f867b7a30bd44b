/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "os_thread.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

uint32_t os_thread_id(void) {
    return (uint32_t)syscall(SYS_gettid);
}

uint64_t os_thread_waits(void) {
    struct rusage usage;
    return getrusage(RUSAGE_THREAD, &usage) == 0 ? (uint64_t)usage.ru_nvcsw : 0;
}

int os_thread_call_for(int fd, int signal_number) {
    const struct f_owner_ex owner = {.type = F_OWNER_TID, .pid = (pid_t)os_thread_id()};
    int flags = fcntl(fd, F_GETFL);
    bool called = flags >= 0 && fcntl(fd, F_SETOWN_EX, &owner) == 0 &&
                  fcntl(fd, F_SETSIG, signal_number) == 0 &&
                  fcntl(fd, F_SETFL, flags | O_ASYNC) == 0;
    return called ? 0 : -errno;
}

void os_thread_forget(int fd) {
    int flags = fcntl(fd, F_GETFL);
    if (flags >= 0)
        fcntl(fd, F_SETFL, flags & ~O_ASYNC);
}
