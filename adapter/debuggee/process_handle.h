/* SPDX-License-Identifier: MIT */
/*
 * process_handle: a process that is no child of ours, which a number alone does not name for long:
 * once it has ended, the number may be given to another. The one place that knows how this OS holds
 * on to one.
 */
#ifndef LUAHEAT_ADAPTER_PROCESS_HANDLE_H
#define LUAHEAT_ADAPTER_PROCESS_HANDLE_H

/* A descriptor, the caller's to close, close-on-exec, that can be read from once the process has
   ended. Or a negative errno; -ENOSYS: this system has none. */
int process_handle_open(int pid);

/* Sends it the signal. 0 or a negative errno (-ESRCH: it has ended). */
int process_handle_signal(int handle, int signal);

#endif
