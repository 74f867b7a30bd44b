/* SPDX-License-Identifier: MIT */
/*
 * process_copy: a copy of this process in which something is tried out. It has this OS thread only,
 * so what waits there for another one waits for ever: malloc() may, where there are several, so
 * whoever calls it there has a limit of time. It ends with _exit().
 * The one place that knows how this OS makes one that the program does not notice.
 */
#ifndef LUAHEAT_BASE_PROCESS_COPY_H
#define LUAHEAT_BASE_PROCESS_COPY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* As fork(). -1: there is none, see errno. */
pid_t process_copy(void);

/* Until the copy has ended; has it? */
void process_copy_wait(pid_t copy);
bool process_copy_ended(pid_t copy);

/* Calls the function in a copy, in which no signal's handler runs, and waits for its end: with
   _exit(), or when the function comes back. After so long it is ended by force (0: never). False:
   that was so, or there was no copy. */
bool process_copy_run(void (*function)(void *data), void *data, int64_t most_ns);

#endif
