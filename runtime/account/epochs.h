/* SPDX-License-Identifier: MIT */
/*
 * epochs: how many bytes of each cell are alive by the epoch of their birth (link/windows.h), and
 * what each site has done in the running one, noted once, whatever the number of windows that will
 * hold it. Knows neither windows nor Lua.
 *
 * Epochs that nobody asks for any more are merged into the one before when room runs out.
 */
#ifndef LUAHEAT_ACCOUNT_EPOCHS_H
#define LUAHEAT_ACCOUNT_EPOCHS_H

#include "windows.h"

#include <stdbool.h>
#include <stddef.h>

/* Of a site, in the running epoch. */
struct epoch_total {
    bool touched;
    uint64_t allocations, allocated, freed;
};

struct epochs {
    struct windows_epochs *shared; /* zeroed at first; NULL: memory is off */
    uint64_t *newest;              /* the running epoch's column of live */
    uint32_t newest_first;         /* what it begins with */
    struct epoch_total *totals;    /* by site; NULL: it is not open */
    size_t room;
    uint32_t *touched; /* sites; room for as many */
    size_t touched_count;
};

/* Makes room for the pseudo-sites, to which a site is booked for which there is none. False if
   memory is out: to be called again then, before anything else. */
bool epochs_open(struct epochs *epochs);
void epochs_finish(struct epochs *epochs);

/* Has anything been measured? Until then every birth is 0 and nothing is counted here. */
static inline bool epochs_on(const struct epochs *epochs) {
    return epochs->newest != NULL;
}

/* Is there room for another? Else epochs_merge() makes some. */
static inline bool epochs_full(const struct epochs *epochs) {
    return epochs->shared->count == WINDOWS_EPOCHS;
}

/* Another one begins. There must be room. Its serial. */
uint32_t epochs_begin(struct epochs *epochs);

/* Keeps the `count` epochs that begin with these serials (ascending) apart, and of those only the
   later ones if they are too many. */
void epochs_merge(struct epochs *epochs, const uint32_t *needed, size_t count);

/* The row of a cell in shared->live, made if need be; 0 if there is no room. */
uint32_t epochs_row(struct epochs *epochs, uint32_t cell);

/* The column of the epoch a block was born in, other than the running one; -1: not told apart. */
int epochs_column(const struct epochs *epochs, uint32_t birth);

/* `size` bytes are born in the cell, in the running epoch. While on. */
static inline void epochs_charge(struct epochs *epochs, uint32_t cell, uint64_t size) {
    uint32_t row = epochs->shared->row_of_cell[cell];
    if (row == 0)
        row = epochs_row(epochs, cell);
    epochs->newest[row] += size;
}

/* `size` bytes of that birth go. While on. */
static inline void epochs_release(struct epochs *epochs, uint32_t cell, uint32_t birth,
                                  uint64_t size) {
    uint32_t row = epochs->shared->row_of_cell[cell];
    if (birth >= epochs->newest_first) {
        epochs->newest[row] -= size;
        return;
    }
    int column = epochs_column(epochs, birth);
    if (column >= 0)
        epochs->shared->live[column][row] -= size;
}

struct epoch_total *epochs_touch(struct epochs *epochs, uint32_t site);

/* What the site has done. While on. */
static inline struct epoch_total *epochs_total(struct epochs *epochs, uint32_t site) {
    if (site < epochs->room && epochs->totals[site].touched)
        return &epochs->totals[site];
    return epochs_touch(epochs, site);
}

/* The epoch is over: nothing has been done. */
void epochs_clear_totals(struct epochs *epochs);

#endif
