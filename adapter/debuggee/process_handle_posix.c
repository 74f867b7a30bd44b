/* SPDX-License-Identifier: MIT */
#include "process_handle.h"

#include <errno.h>

int process_handle_open(int pid) {
    return -ENOSYS;
}

int process_handle_signal(int handle, int signal) {
    return -ENOSYS;
}
