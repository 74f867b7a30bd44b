/* SPDX-License-Identifier: MIT */
/*
 * timeline: the heap as time went by; part of the shared figures (figures.h), under their rules.
 *
 * A point stands for a stretch of the program and holds the most that lived in it. Stretches are as
 * many samples long (stacks.h) as need be for all of them to fit: they double when there is no room
 * left, and neighbours become one.
 */
#ifndef LUAHEAT_LINK_TIMELINE_H
#define LUAHEAT_LINK_TIMELINE_H

#include <stdatomic.h>
#include <stdint.h>

#define TIMELINE_POINTS 1024u

struct timeline_point {
    uint64_t microseconds; /* from the start to the end of the stretch */
    uint64_t live;         /* bytes */
};

struct timeline_figures {
    _Atomic uint32_t count; /* the last of them goes on */
    uint32_t stretch;       /* samples; 0: none has been taken */
    struct timeline_point points[TIMELINE_POINTS];
};

#endif
