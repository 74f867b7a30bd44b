/* SPDX-License-Identifier: MIT */
#include "shares.h"

#include <stdlib.h>
#include <string.h>

static bool make_room(struct shares *shares, uint32_t site) {
    size_t room = (size_t)site * 2 + 256;
    struct share *by_site = realloc(shares->by_site, room * sizeof *by_site);
    if (by_site == NULL)
        return false;
    memset(by_site + shares->room, 0, (room - shares->room) * sizeof *by_site);
    shares->by_site = by_site;
    uint32_t *touched = realloc(shares->touched, room * sizeof *touched);
    if (touched == NULL)
        return false;
    shares->touched = touched;
    shares->room = room;
    return true;
}

bool shares_open(struct shares *shares) {
    return shares->room > 0 || make_room(shares, FIGURES_PSEUDO_SITES);
}

void shares_finish(struct shares *shares) {
    free(shares->by_site);
    free(shares->touched);
}

struct share *shares_touch(struct shares *shares, uint32_t site) {
    if (site >= shares->room && !make_room(shares, site))
        site = FIGURES_OVERFLOW;
    struct share *share = &shares->by_site[site];
    if (!share->touched) {
        share->touched = true;
        shares->touched[shares->count++] = site;
    }
    return share;
}

void shares_clear(struct shares *shares) {
    for (size_t i = 0; i < shares->count; i++)
        shares->by_site[shares->touched[i]] = (struct share){0};
    shares->count = 0;
}
