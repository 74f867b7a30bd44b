/* SPDX-License-Identifier: MIT */
/*
 * figures_copy: the figures as they are read. What lies in shared memory can change between two
 * looks at it, by the program's going on or by its scribbling over it: a count that was checked is
 * not the count that is used. So nobody reads there but this, each number once, and all others read
 * the copy, which stands still. They check what they find in it once.
 */
#ifndef LUAHEAT_ADAPTER_FIGURES_COPY_H
#define LUAHEAT_ADAPTER_FIGURES_COPY_H

#include "figures.h"

/* What is used of `shared`. The copy is zeroed at first; it is not the first one of these figures
   else. Afterwards its counts are within their rooms, its texts end before theirs, and of what is
   counted all is there that it refers to, if the program has written what it should. */
void figures_copy(struct figures *copy, const struct figures *shared);

#endif
