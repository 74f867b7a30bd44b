/* SPDX-License-Identifier: MIT */
/*
 * wakeup: what was sent to a program that runs is to reach it. The bell (link/bell.h) is rung
 * for each message. A program that does not answer soon is watched, and called by a signal while it
 * computes; a program that does not answer for long, the user hears of.
 */
#ifndef LUAHEAT_DAP_WAKEUP_H
#define LUAHEAT_DAP_WAKEUP_H

#include "debug_console.h"
#include "glance.h"
#include "runtime_link.h"
#include "shared_memory.h"

#include <stdbool.h>
#include <uv.h>

struct wakeup {
    const struct runtime_link *link;
    struct debug_console *console;
    struct shared_memory bell; /* of the program; none if it could not be made */
    struct loop_handles *handles;
    uv_timer_t timer;
    int pid;
    uint64_t since;      /* ms of the loop's clock: nothing has been answered since */
    int64_t waiting;     /* the command that has waited longest */
    uint64_t called;     /* ms: when it was last called though it waits */
    uint64_t has_waited; /* by the beginning of the silence */
    struct glance first; /* at the program: it has not waited in the system since */
    bool signalled;      /* it has been sent the signal meanwhile */
    uint32_t taken;      /* so many had come to it before */
    bool warned;         /* the user, that it does not answer */
};

/* 0 or UV_E... The link and the console stay their owner's. */
int wakeup_init(struct wakeup *wakeup, struct loop_handles *handles,
                const struct runtime_link *link, struct debug_console *console);
void wakeup_finish(struct wakeup *wakeup);

/* A bell for a program to be started; NULL: there is none. */
const struct shared_memory *wakeup_make_bell(struct wakeup *wakeup);

/* Does the thread that runs Lua wait in the system, as far as one can tell? */
bool wakeup_is_waiting(const struct wakeup *wakeup, int pid);

/* A message can be read. */
void wakeup_ring(const struct wakeup *wakeup);

/* A message is on its way to the process, which runs: watches it until all have been answered, or
   it runs no more. */
void wakeup_watch(struct wakeup *wakeup, int pid);
void wakeup_stop_watching(struct wakeup *wakeup);

#endif
