/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "glance.h"

#include "bell.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { STATUS_BYTES = 8192 };

/* What stands behind the name at the beginning of a line; NULL: there is no such line. */
static const char *field(const char *status, const char *name) {
    const char *at = strstr(status, name);
    return at != NULL ? at + strlen(name) : NULL;
}

/* As the system has it: the first has the number of the process. */
static int number_of(int pid, uint32_t thread) {
    return thread != 0 ? (int)thread : pid;
}

static bool read_status(int pid, uint32_t thread, char *status) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/status", pid, number_of(pid, thread));
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t size = read(fd, status, STATUS_BYTES - 1);
    close(fd);
    status[size > 0 ? size : 0] = '\0';
    return size > 0;
}

/* Of all its threads. */
static bool read_clock(int pid, uint64_t *computed) {
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return false;
    *computed = (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
    return true;
}

struct glance glance_at(int pid, uint32_t thread) {
    char status[STATUS_BYTES];
    struct glance glance = {0};
    if (!read_clock(pid, &glance.computed) || !read_status(pid, thread, status))
        return glance;
    const char *state = field(status, "\nState:\t");
    const char *waited = field(status, "\nvoluntary_ctxt_switches:\t");
    const char *threads = field(status, "\nThreads:\t");
    if (state == NULL || waited == NULL || threads == NULL)
        return glance;
    glance.known = true;
    glance.runs = *state == 'R';
    glance.has_ended = *state == 'Z' && strtoul(threads, NULL, 10) <= 1;
    glance.has_waited = strtoull(waited, NULL, 10);
    return glance;
}

void glance_call(int pid, uint32_t thread) {
    syscall(SYS_tgkill, pid, number_of(pid, thread), LINK_SIGNAL);
}
