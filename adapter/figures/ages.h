/* SPDX-License-Identifier: MIT */
/*
 * ages: when bytes that are alive were born (allocated, or last grown), by epochs (link/windows.h):
 * what lives now of a range of them, and, as a copy like lines.h, how much of each cell (figures.h)
 * was born since which of some.
 *
 * A range goes from epoch `first` to the one before `end`; end 0: until now.
 */
#ifndef LUAHEAT_ADAPTER_AGES_H
#define LUAHEAT_ADAPTER_AGES_H

#include "figures.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Is the range still told apart from what was before and after it? Of one that is not the others
   answer for a range around it. */
bool ages_tell_apart(const struct figures *figures, uint32_t first, uint32_t end);

/* The bytes that were born in the range and live now. site: below FIGURES_MAX_SITES. */
int64_t ages_of_site(const struct figures *figures, uint32_t site, uint32_t first, uint32_t end);
int64_t ages_of_all(const struct figures *figures, uint32_t first, uint32_t end);

/* The kept snapshots, and the moment itself. */
#define AGES_EPOCHS (WINDOWS_SNAPSHOTS + 1)

struct age {
    uint32_t cell;  /* figures_cell_number */
    uint32_t epoch; /* born in it or later, before the next of ages.epochs */
    uint64_t bytes;
};

/* All zero: nothing is told apart. */
struct ages {
    size_t epoch_count;
    uint32_t epochs[AGES_EPOCHS]; /* ascending */
    size_t count, room;
    struct age *items; /* by cell, then epoch; what was born before the first epoch is not in it */
};

/* Of now, told apart at those of `count` epochs (ascending, at most AGES_EPOCHS) at which the
   figures still tell it; at none of them if a cell has found no room. 0 or -ENOMEM (all zero then).
   End with ages_finish(). */
int ages_read(struct ages *ages, const struct figures *figures, const uint32_t *epochs,
              size_t count);
void ages_finish(struct ages *ages);

/* Is it told apart what was born before the epoch and what since? */
bool ages_know(const struct ages *ages, uint32_t epoch);

/* Bytes of the cell that were born since the epoch, which is known. `at` goes on from cell to cell,
   ascending, and starts at 0. */
uint64_t ages_since(const struct ages *ages, size_t *at, uint32_t cell, uint32_t epoch);

#endif
