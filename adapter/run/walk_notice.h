/* SPDX-License-Identifier: MIT */
/*
 * walk_notice: a line on the terminal while the script waits for a walk over its heap (told.h) that
 * takes more than a second. It is gone when the walk is over.
 */
#ifndef LUAHEAT_ADAPTER_WALK_NOTICE_H
#define LUAHEAT_ADAPTER_WALK_NOTICE_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct walk_notice {
    uv_timer_t timer;
    const char *memory; /* LINK_ANSWER_BYTES; NULL: nothing is shown */
    uint64_t since;     /* ms of the loop's clock, when the walk was seen first; 0: there is none */
    bool shown;
};

/* memory NULL, or standard error is no terminal: nothing is shown. 0 or a negative UV_E... (nothing
   to finish then). Does not keep the loop alive. */
int walk_notice_init(struct walk_notice *notice, uv_loop_t *loop, const char *memory);

/* The loop must run once more to release it. */
void walk_notice_finish(struct walk_notice *notice);

#endif
