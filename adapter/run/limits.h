/* SPDX-License-Identifier: MIT */
/*
 * limits: all limits of a run, and the verdict on them.
 */
#ifndef LUAHEAT_ADAPTER_LIMITS_H
#define LUAHEAT_ADAPTER_LIMITS_H

#include "limit.h"

#include <stdio.h>

/* All zero is none. */
struct limits {
    struct limit *items;
    size_t count, room;
};

enum limits_verdict {
    LIMITS_KEPT,
    LIMITS_IDLE,  /* none is broken, but one guards nothing */
    LIMITS_BROKEN /* at least one */
};

/* Adds what --limit or --fail-on-growth was given, which must stay. 0, or -EINVAL with a complaint
   (COMPLAINT_BYTES). */
int limits_add(struct limits *limits, const char *words, char *complaint);
int limits_add_suspects(struct limits *limits, const char *name, char *complaint);
void limits_finish(struct limits *limits);

/* Before the program runs; limit_locate() of each. */
int limits_locate(struct limits *limits, const struct interpreter *interpreter, char *complaint);

/* After it has ended. Writes which limits are broken, by how much and the text of their lines, and
   which guard nothing; nothing if all are kept. */
enum limits_verdict limits_judge(const struct limits *limits, const struct limit_run *run,
                                 FILE *file);

#endif
