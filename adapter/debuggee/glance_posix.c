/* SPDX-License-Identifier: MIT */
#include "glance.h"

#include "bell.h"

#include <time.h>

static struct glance last;
static int last_pid;

static bool read_clock(int pid, uint64_t *computed) {
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return false;
    *computed = (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
    return true;
}

/* The system tells how long a process has computed, and not what it does: one whose clock has stood
   still since it was last looked at waits. */
struct glance glance_at(int pid, uint32_t thread) {
    (void)thread;
    struct glance now = {0}, before = last_pid == pid ? last : (struct glance){0};
    now.known = read_clock(pid, &now.computed);
    now.runs = before.known && now.computed != before.computed;
    now.has_waited = before.has_waited + (before.known && !now.runs);
    last_pid = pid;
    last = now;
    return now.known ? now : (struct glance){0};
}

void glance_call(int pid, uint32_t thread) {
    (void)thread;
    kill(pid, LINK_SIGNAL);
}
