/* SPDX-License-Identifier: MIT */
/*
 * arrivals: SIGINT, SIGQUIT, SIGTERM and SIGHUP as they reach this process: something to be polled
 * and read. They do nothing else to it, from arrivals_open() to arrivals_close(). The one place
 * that knows how this OS tells who has sent one. Once a process.
 */
#ifndef LUAHEAT_ADAPTER_ARRIVALS_H
#define LUAHEAT_ADAPTER_ARRIVALS_H

#include <stdbool.h>

struct arrival {
    int signal;
    bool from_process; /* not from a key of the terminal, nor its hang-up */
};

/* A descriptor, readable when one has come, close-on-exec; or a negative errno. */
int arrivals_open(void);

/* Takes the next; false: there is none yet. */
bool arrivals_next(int fd, struct arrival *arrival);

/* Those that have come are lost; those that come later do what they did before. */
void arrivals_close(int fd);

#endif
