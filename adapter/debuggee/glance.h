/* SPDX-License-Identifier: MIT */
/*
 * glance: what the thread of a debuggee that runs Lua is doing, seen from outside, and how it is
 * called (link/bell.h). The one place that knows where this OS tells such things; where it tells
 * nothing, nobody is spared the signal.
 */
#ifndef LUAHEAT_ADAPTER_GLANCE_H
#define LUAHEAT_ADAPTER_GLANCE_H

#include <stdbool.h>
#include <stdint.h>

struct glance {
    bool known;          /* else the rest is nothing */
    bool runs;           /* it does not wait in the system */
    bool has_ended;      /* it is there for its parent to look at alone, as far as one can tell */
    uint64_t has_waited; /* how often it was seen or is known to, so far */
    uint64_t computed;   /* nanoseconds of the processor's, so far */
};

/* Of a process that has not gone, or is a child of ours that has not been waited for. thread: the
   one that runs Lua, as link/bell.h has it; 0: its first. */
struct glance glance_at(int pid, uint32_t thread);

/* Has it, as far as one can tell, not waited in the system between two glances? */
static inline bool glance_ran_on(const struct glance *before, const struct glance *now) {
    return before->known && before->runs && now->runs && before->has_waited == now->has_waited;
}

/* Sends LINK_SIGNAL to that thread; where it cannot be told from others, to the process. */
void glance_call(int pid, uint32_t thread);

#endif
