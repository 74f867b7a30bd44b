/* SPDX-License-Identifier: MIT */
/*
 * outsider: a debuggee that is no child of ours, because a terminal has started it. It is watched
 * and ended by its number; how it has ended only its parent is told.
 */
#ifndef LUAHEAT_ADAPTER_OUTSIDER_H
#define LUAHEAT_ADAPTER_OUTSIDER_H

#include <uv.h>

struct outsider;

/* Called once, on the loop, when the process has ended. */
typedef void outsider_end_function(void *data);

/* The process must be there. NULL, with *error a negative UV_E... */
struct outsider *outsider_create(uv_loop_t *loop, int pid, outsider_end_function *on_end,
                                 void *data, int *error);

/* Sends the signal to the process, or to its whole group if it leads one. Harmless after its end.
 */
void outsider_kill(struct outsider *outsider, int signal);

/* Closes what it holds; the loop frees it. NULL is fine. Does not kill. */
void outsider_destroy(struct outsider *outsider);

#endif
