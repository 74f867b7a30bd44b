/* SPDX-License-Identifier: MIT */
/*
 * memory_breakpoints: lines that stop the program when they grow by more than a figure since it
 * last went on. The session keeps what the client asked for, so that a program that starts later
 * gets it.
 */
#ifndef LUAHEAT_DAP_MEMORY_BREAKPOINTS_H
#define LUAHEAT_DAP_MEMORY_BREAKPOINTS_H

#include <cjson/cJSON.h>

struct session;

/* What the client asked for last; all zero: nothing. */
struct memory_breakpoints {
    cJSON *asked; /* as the runtime wants it: link.h */
};

/* There is a runtime now: tells it. */
void memory_breakpoints_send(struct session *session);

void memory_breakpoints_finish(struct memory_breakpoints *breakpoints);

#endif
