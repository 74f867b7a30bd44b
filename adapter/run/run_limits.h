/* SPDX-License-Identifier: MIT */
/*
 * run_limits: all limits of a run, and the verdict on them.
 */
#ifndef LUAHEAT_ADAPTER_RUN_LIMITS_H
#define LUAHEAT_ADAPTER_RUN_LIMITS_H

#include "limit.h"

#include <stdio.h>

/* All zero is none. */
struct run_limits {
    struct limit *items;
    size_t count, room;
};

enum run_limits_verdict {
    RUN_LIMITS_KEPT,
    RUN_LIMITS_IDLE,  /* none is broken, but one guards nothing */
    RUN_LIMITS_BROKEN /* at least one */
};

/* Adds what --limit or --fail-on-growth was given, which must stay. 0, or -EINVAL with a complaint
   (COMPLAINT_BYTES). */
int run_limits_add(struct run_limits *limits, const char *words, char *complaint);
int run_limits_add_suspects(struct run_limits *limits, const char *name, char *complaint);
void run_limits_finish(struct run_limits *limits);

/* Before the program runs; limit_locate() of each. */
int run_limits_locate(struct run_limits *limits, const struct interpreter *interpreter,
                      char *complaint);

/* After it has ended. Writes which limits are broken, by how much and the text of their lines, and
   which guard nothing; nothing if all are kept. */
enum run_limits_verdict run_limits_judge(const struct run_limits *limits,
                                         const struct limit_run *run, FILE *file);

#endif
