/* SPDX-License-Identifier: MIT */
/*
 * os_thread: how this OS thread is called by a signal: from outside, and by a descriptor; and how
 * it fares. The one place of the runtime that knows how this OS does that.
 */
#ifndef LUAHEAT_CONTROL_OS_THREAD_H
#define LUAHEAT_CONTROL_OS_THREAD_H

#include <stdint.h>

/* Its number among those of the process, for whoever sends it a signal; 0: this OS has none. */
uint32_t os_thread_id(void);

/* How often it has waited in the system so far; where this OS does not tell: or any other of the
   process. */
uint64_t os_thread_waits(void);

/* From now on this OS thread gets the signal whenever there is something new to be read from the
   descriptor, its end included; the program's other threads do not. 0, or a negative errno;
   -ENOSYS: this OS cannot. */
int os_thread_call_for(int fd, int signal_number);

/* Nobody gets one any more. */
void os_thread_forget(int fd);

#endif
