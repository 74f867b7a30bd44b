/* SPDX-License-Identifier: MIT */
/*
 * thread_view: coroutines among the variables: the frames of one, with the locals in each; and all
 * of them, as a client is told of no more than some thousand threads.
 */
#ifndef LUAHEAT_INSPECT_THREAD_VIEW_H
#define LUAHEAT_INSPECT_THREAD_VIEW_H

#include "listing.h"

/* Of the thread on top of the stopped thread's stack. */
void thread_view_frames(struct listing *listing);

void thread_view_coroutines(struct listing *listing);

/* Adds the group of all coroutines, if there are any. */
void thread_view_add(struct listing *listing);

#endif
