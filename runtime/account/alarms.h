/* SPDX-License-Identifier: MIT */
/*
 * alarms: the heap, a line or a single allocation goes above a figure. An alarm rings once; whoever
 * answers it stops the program, from where growth is measured anew. That of the heap is quiet
 * afterwards until the heap has been below its figure again.
 *
 * It knows neither hooks nor messages. All sizes are bytes.
 */
#ifndef LUAHEAT_ACCOUNT_ALARMS_H
#define LUAHEAT_ACCOUNT_ALARMS_H

#include "figures.h"

#include <stdbool.h>
#include <stddef.h>

enum alarm_kind {
    ALARM_HEAP,       /* all that lives */
    ALARM_GROWTH,     /* ... more than when the program last went on */
    ALARM_LINE,       /* what lives of one line, more than then */
    ALARM_ALLOCATION, /* one block */
    ALARM_KINDS
};

struct alarms {
    bool on;                     /* any of them */
    uint64_t above[ALARM_KINDS]; /* UINT64_MAX: not asked for */
    bool quiet;                  /* ALARM_HEAP */
    uint64_t heap_before;        /* when the program last went on; 0: at the start */
    uint64_t *live_before;       /* by site, likewise */
    size_t sites;
    /* What rings, until it is answered. */
    bool rings;
    enum alarm_kind kind;
    uint32_t site;
    uint64_t bytes;              /* the figure that is above */
    uint64_t grown;              /* by this, last */
    void (*on_ring)(void *data); /* in the allocator */
    void *data;
};

/* Replaces all figures. on_ring and data stay. */
void alarms_set(struct alarms *alarms, const uint64_t above[ALARM_KINDS]);
void alarms_finish(struct alarms *alarms);

/* The site has just been charged `size` bytes for a block that had osize before. While on. */
void alarms_charged(struct alarms *alarms, const struct figures *figures, uint32_t site,
                    uint64_t osize, uint64_t size);

/* The program goes on from a stop. */
void alarms_go_on(struct alarms *alarms, const struct figures *figures);

#endif
