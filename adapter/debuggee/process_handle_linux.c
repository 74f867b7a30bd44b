/* SPDX-License-Identifier: MIT */
/* Called by number: C libraries of our time need not know them, nor kernels. */
#define _GNU_SOURCE
#include "process_handle.h"

#include <errno.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

int process_handle_open(int pid) {
#ifdef SYS_pidfd_open
    int handle = (int)syscall(SYS_pidfd_open, pid, 0);
    return handle >= 0 ? handle : -errno;
#else
    return -ENOSYS;
#endif
}

int process_handle_signal(int handle, int signal) {
#ifdef SYS_pidfd_send_signal
    return syscall(SYS_pidfd_send_signal, handle, signal, NULL, 0) == 0 ? 0 : -errno;
#else
    return -ENOSYS;
#endif
}
