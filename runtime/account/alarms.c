/* SPDX-License-Identifier: MIT */
#include "alarms.h"

#include <stdlib.h>
#include <string.h>

void alarms_set(struct alarms *alarms, const uint64_t above[ALARM_KINDS]) {
    memcpy(alarms->above, above, sizeof alarms->above);
    alarms->on = alarms->quiet = alarms->rings = false;
    for (int kind = 0; kind < ALARM_KINDS; kind++)
        alarms->on = alarms->on || above[kind] != UINT64_MAX;
}

void alarms_finish(struct alarms *alarms) {
    free(alarms->live_before);
}

static uint64_t live_at(const struct figures *figures, uint32_t site) {
    uint64_t live = 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        live += figures_live(&figures->sites[site].cells[kind]);
    return live;
}

/* Without memory for it lines are measured from the start. */
void alarms_go_on(struct alarms *alarms, const struct figures *figures) {
    alarms->rings = false;
    alarms->heap_before = figures->live;
    if (!alarms->on || alarms->above[ALARM_LINE] == UINT64_MAX)
        return;
    size_t sites = figures->site_count;
    uint64_t *live = realloc(alarms->live_before, sites * sizeof *live);
    if (live == NULL)
        return;
    alarms->live_before = live;
    alarms->sites = sites;
    for (uint32_t site = 0; site < sites; site++)
        live[site] = live_at(figures, site);
}

static uint64_t more_than(uint64_t now, uint64_t before) {
    return now > before ? now - before : 0;
}

static uint64_t figure(const struct alarms *alarms, const struct figures *figures,
                       enum alarm_kind kind, uint32_t site, uint64_t size) {
    switch (kind) {
    case ALARM_HEAP:
        return figures->live;
    case ALARM_GROWTH:
        return more_than(figures->live, alarms->heap_before);
    case ALARM_LINE:
        return more_than(live_at(figures, site),
                         site < alarms->sites ? alarms->live_before[site] : 0);
    default:
        return size;
    }
}

static void ring(struct alarms *alarms, enum alarm_kind kind, uint32_t site, uint64_t bytes,
                 uint64_t grown) {
    alarms->rings = true;
    alarms->kind = kind;
    alarms->site = site;
    alarms->bytes = bytes;
    alarms->grown = grown;
    alarms->quiet = alarms->quiet || kind == ALARM_HEAP;
    alarms->on_ring(alarms->data);
}

/* Of the lines only those of the program count. */
static bool is_wanted(const struct alarms *alarms, enum alarm_kind kind, uint32_t site) {
    bool silent =
        kind == ALARM_HEAP ? alarms->quiet : kind == ALARM_LINE && site < FIGURES_PSEUDO_SITES;
    return alarms->above[kind] != UINT64_MAX && !silent;
}

void alarms_charged(struct alarms *alarms, const struct figures *figures, uint32_t site,
                    uint64_t osize, uint64_t size) {
    if (figures->live <= alarms->above[ALARM_HEAP])
        alarms->quiet = false;
    if (site == FIGURES_DEBUGGER)
        return;
    for (int kind = 0; kind < ALARM_KINDS && !alarms->rings; kind++) {
        if (!is_wanted(alarms, kind, site))
            continue;
        uint64_t bytes = figure(alarms, figures, kind, site, size);
        if (bytes > alarms->above[kind])
            ring(alarms, kind, site, bytes, size - osize);
    }
}
