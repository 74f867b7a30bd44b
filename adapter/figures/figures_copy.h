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

struct figures_copy {
    const struct figures *figures; /* all zero until the first reading */
    const struct figures *shared;  /* the owner's; read by nobody else */
};

/* 0, or -ENOMEM (nothing to finish then). `shared` must stay until the copy is read no more. */
int figures_copy_init(struct figures_copy *copy, const struct figures *shared);

/* Makes copy->figures those of now: for all who read them, until this is called again. */
void figures_copy_read(const struct figures_copy *copy);

/* The same of the heap, of the cells of all sites and of the stacks alone, which is most of what
   changes and little of what there is: all else is of the reading before. */
void figures_copy_read_sites(const struct figures_copy *copy);

/* The figures may no longer be read afterwards. An init that failed or never ran (all zero) is
   fine. */
void figures_copy_finish(struct figures_copy *copy);

/* What is used of `shared`. The copy is zeroed at first; it is not the first one of these figures
   else. Afterwards its counts are within their rooms, its texts end before theirs, and of what is
   counted all is there that it refers to, if the program has written what it should. */
void figures_copy_into(struct figures *figures, const struct figures *shared);

#endif
