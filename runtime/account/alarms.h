/* SPDX-License-Identifier: MIT */
/*
 * alarms: the program's heap, a line or a single allocation goes above a figure. An alarm rings
 * once; whoever answers it stops the program, from where growth is measured anew. That of the heap
 * is quiet afterwards until the heap has been below its figure again.
 *
 * Besides there are alarms of single lines: what lives of one, more than when the program last went
 * on, or than when they were set if nobody looked at lines before.
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

struct line_alarm {
    char *path; /* as figures_source has it */
    uint32_t line;
    uint64_t above;
};

/* A figure is above its limit, and by how much the site has just grown. */
struct alarm {
    enum alarm_kind kind;
    uint32_t site;
    uint64_t bytes, limit, grown;
};

struct alarms {
    bool on; /* any of them */
    struct line_alarm *lines;
    size_t line_count;
    uint64_t above[ALARM_KINDS]; /* UINT64_MAX: not asked for */
    bool quiet;                  /* ALARM_HEAP */
    uint64_t heap_before;        /* when the program last went on; 0: at the start */
    uint64_t *live_before;       /* by site, likewise */
    size_t sites;
    bool rings;                  /* until it is answered ... */
    struct alarm rung;           /* ... this, the last one */
    void (*on_ring)(void *data); /* in the allocator */
    void *data;
};

/* Nothing rings. */
void alarms_init(struct alarms *alarms);

/* Replaces all figures but those of single lines. on_ring and data stay. */
void alarms_set(struct alarms *alarms, const uint64_t above[ALARM_KINDS]);

/* Replaces the alarms of single lines; takes them and their paths. */
void alarms_set_lines(struct alarms *alarms, const struct figures *figures,
                      struct line_alarm *lines, size_t count);
void alarms_finish(struct alarms *alarms);

/* The site has just been charged `size` bytes for a block that had osize before. While on. */
void alarms_charged(struct alarms *alarms, const struct figures *figures, uint32_t site,
                    uint64_t osize, uint64_t size);

/* The program goes on from a stop. */
void alarms_go_on(struct alarms *alarms, const struct figures *figures);

#endif
