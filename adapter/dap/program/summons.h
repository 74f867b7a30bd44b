/* SPDX-License-Identifier: MIT */
/*
 * summons: what was sent to a program that runs is to reach it. The bell (link/bell.h) is rung for
 * each message. A program that does not answer soon is watched, and called by a signal while it
 * computes; a program that does not answer for long, the user hears of.
 */
#ifndef LUAHEAT_DAP_SUMMONS_H
#define LUAHEAT_DAP_SUMMONS_H

#include "glance.h"
#include "shared_memory.h"

#include <stdbool.h>
#include <uv.h>

struct session;

struct summons {
    struct shared_memory bell; /* of the program; none if it could not be made */
    uv_timer_t timer;
    uint64_t since;      /* ms of the loop's clock: nothing has been answered since */
    int64_t waiting;     /* the command that has waited longest */
    uint64_t called;     /* ms: when it was last called though it waits */
    uint64_t has_waited; /* by the beginning of the silence */
    struct glance first; /* at the program: it has not waited in the system since */
    bool signalled;      /* it has been sent the signal meanwhile */
    uint32_t taken;      /* so many had come to it before */
    bool told;           /* the user, that it does not answer */
};

int summons_init(struct summons *summons, struct session *session);

/* A bell for a program to be started; NULL: there is none. */
const struct shared_memory *summons_bell(struct summons *summons);

/* A message has been sent, or is on its way: functions for runtime_link.h; data is the session. */
void summons_sent(void *data);
void summons_begin(void *data);

void summons_finish(struct summons *summons);

#endif
