/* SPDX-License-Identifier: MIT */
/*
 * shares: what each site has done in the running epoch (epochs.h), noted once, whatever the number
 * of windows that will hold it. Knows neither windows nor Lua.
 */
#ifndef LUAHEAT_ACCOUNT_SHARES_H
#define LUAHEAT_ACCOUNT_SHARES_H

#include "figures.h"

#include <stdbool.h>
#include <stddef.h>

struct share {
    bool touched;
    uint64_t allocations, allocated, freed;
};

/* All zero at first. */
struct shares {
    struct share *by_site;
    size_t room;
    uint32_t *touched; /* sites; room for as many */
    size_t count;
};

/* Makes room for the pseudo-sites, to which a site is booked for which there is none. False if
   memory is out: to be called again then, before anything else. */
bool shares_open(struct shares *shares);
void shares_finish(struct shares *shares);

struct share *shares_touch(struct shares *shares, uint32_t site);

static inline struct share *shares_of(struct shares *shares, uint32_t site) {
    if (site < shares->room && shares->by_site[site].touched)
        return &shares->by_site[site];
    return shares_touch(shares, site);
}

/* The epoch is over: nothing has been done. */
void shares_clear(struct shares *shares);

#endif
