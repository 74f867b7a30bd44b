/* SPDX-License-Identifier: MIT */
/*
 * parent: this process's life is tied to that of its adapter, which has started it or which it has
 * come to: one that is killed cannot end us. The one place that knows how this OS tells of its end.
 */
#ifndef LUAHEAT_INTERPRETER_PARENT_H
#define LUAHEAT_INTERPRETER_PARENT_H

/* From now on this process ends when its parent does. Before any user code runs. */
void parent_follow(void);

/* The same for one that its adapter has not started: from now on it, and the process group that it
   may lead, end when nobody holds the other end of that pipe any more (link/link.h). */
void parent_follow_life(int life);

#endif
