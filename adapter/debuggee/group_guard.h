/* SPDX-License-Identifier: MIT */
/*
 * group_guard: a process group ends when this process does, even if it is killed. What is in the
 * group can neither notice nor prevent it: a process outside of it waits for our end.
 */
#ifndef LUAHEAT_ADAPTER_GROUP_GUARD_H
#define LUAHEAT_ADAPTER_GROUP_GUARD_H

#include <uv.h>

struct group_guard {
    int line; /* whose end tells it of ours; -1: there is no guard */
};

/* Of the group of that number. 0, or a negative UV_E... (there is no sh): then nobody guards it.
   Finish it either way. */
int group_guard_start(struct group_guard *guard, uv_loop_t *loop, int group);

/* From now on the group may outlive us. The loop releases what is left; more than once is fine. */
void group_guard_finish(struct group_guard *guard);

#endif
