/* SPDX-License-Identifier: MIT */
/*
 * parent: this process's life is tied to that of the one that has started it: an adapter that is
 * killed cannot end us. The one place that knows how this OS tells of its end.
 */
#ifndef LUAHEAT_INTERPRETER_PARENT_H
#define LUAHEAT_INTERPRETER_PARENT_H

/* From now on this process ends when its parent does. Before any user code runs. */
void parent_follow(void);

#endif
