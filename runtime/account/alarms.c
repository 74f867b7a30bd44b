/* SPDX-License-Identifier: MIT */
#include "alarms.h"

#include <stdlib.h>
#include <string.h>

void alarms_init(struct alarms *alarms) {
    *alarms = (struct alarms){0};
    for (int kind = 0; kind < ALARM_KINDS; kind++)
        alarms->above[kind] = UINT64_MAX;
}

static bool looks_at_lines(const struct alarms *alarms) {
    return alarms->above[ALARM_LINE] != UINT64_MAX || alarms->line_count > 0;
}

static void switch_on(struct alarms *alarms) {
    alarms->on = alarms->line_count > 0;
    alarms->rings = false;
    for (int kind = 0; kind < ALARM_KINDS; kind++)
        alarms->on = alarms->on || alarms->above[kind] != UINT64_MAX;
}

void alarms_set(struct alarms *alarms, const uint64_t above[ALARM_KINDS]) {
    memcpy(alarms->above, above, sizeof alarms->above);
    alarms->quiet = false;
    switch_on(alarms);
}

static void free_lines(struct alarms *alarms) {
    for (size_t i = 0; i < alarms->line_count; i++)
        free(alarms->lines[i].path);
    free(alarms->lines);
}

void alarms_finish(struct alarms *alarms) {
    free(alarms->live_before);
    free_lines(alarms);
}

static uint64_t live_at(const struct figures *figures, uint32_t site) {
    uint64_t live = 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        live += figures_live(&figures->sites[site].cells[kind]);
    return live;
}

/* Without memory for it lines are measured from the start. */
static void note_lines(struct alarms *alarms, const struct figures *figures) {
    size_t sites = figures->site_count;
    uint64_t *live = realloc(alarms->live_before, sites * sizeof *live);
    if (live == NULL)
        return;
    alarms->live_before = live;
    alarms->sites = sites;
    for (uint32_t site = 0; site < sites; site++)
        live[site] = live_at(figures, site);
}

void alarms_set_lines(struct alarms *alarms, const struct figures *figures,
                      struct line_alarm *lines, size_t count) {
    bool looked = looks_at_lines(alarms);
    free_lines(alarms);
    alarms->lines = lines;
    alarms->line_count = count;
    switch_on(alarms);
    if (!looked && count > 0)
        note_lines(alarms, figures);
}

void alarms_go_on(struct alarms *alarms, const struct figures *figures) {
    alarms->rings = false;
    alarms->heap_before = figures_program(figures);
    if (looks_at_lines(alarms))
        note_lines(alarms, figures);
}

static uint64_t more_than(uint64_t now, uint64_t before) {
    return now > before ? now - before : 0;
}

/* What of the heap is the program's, if the heap itself is above the figure. */
static uint64_t program(const struct figures *figures, uint64_t above) {
    return figures->live > above ? figures_program(figures) : figures->live;
}

static uint64_t figure(const struct alarms *alarms, const struct figures *figures,
                       enum alarm_kind kind, uint32_t site, uint64_t size) {
    switch (kind) {
    case ALARM_HEAP:
        return program(figures, alarms->above[kind]);
    case ALARM_GROWTH:
        return more_than(figures_program(figures), alarms->heap_before);
    case ALARM_LINE:
        return more_than(live_at(figures, site),
                         site < alarms->sites ? alarms->live_before[site] : 0);
    default:
        return size;
    }
}

static void ring(struct alarms *alarms, struct alarm alarm) {
    alarms->rings = true;
    alarms->rung = alarm;
    alarms->quiet = alarms->quiet || alarm.kind == ALARM_HEAP;
    alarms->on_ring(alarms->data);
}

/* Of the lines only those of the program count. */
static bool is_wanted(const struct alarms *alarms, enum alarm_kind kind, uint32_t site) {
    bool silent =
        kind == ALARM_HEAP ? alarms->quiet : kind == ALARM_LINE && site < FIGURES_PSEUDO_SITES;
    return alarms->above[kind] != UINT64_MAX && !silent;
}

static bool is_of(const struct line_alarm *alarm, const struct figures *figures, uint32_t site) {
    const struct figures_site *charged = &figures->sites[site];
    const struct figures_source *source = &figures->sources[charged->source];
    return alarm->line == charged->line && source->path != 0 &&
           strcmp(figures->text + source->path, alarm->path) == 0;
}

static void look_at_line(struct alarms *alarms, const struct figures *figures, uint32_t site,
                         uint64_t grown) {
    for (size_t i = 0; i < alarms->line_count; i++) {
        const struct line_alarm *alarm = &alarms->lines[i];
        if (!is_of(alarm, figures, site))
            continue;
        uint64_t bytes = figure(alarms, figures, ALARM_LINE, site, 0);
        if (bytes > alarm->above)
            ring(alarms, (struct alarm){ALARM_LINE, site, bytes, alarm->above, grown});
        return;
    }
}

void alarms_charged(struct alarms *alarms, const struct figures *figures, uint32_t site,
                    uint64_t osize, uint64_t size) {
    if (program(figures, alarms->above[ALARM_HEAP]) <= alarms->above[ALARM_HEAP])
        alarms->quiet = false;
    if (site == FIGURES_DEBUGGER)
        return;
    for (int kind = 0; kind < ALARM_KINDS && !alarms->rings; kind++) {
        if (!is_wanted(alarms, kind, site))
            continue;
        uint64_t bytes = figure(alarms, figures, kind, site, size);
        if (bytes > alarms->above[kind])
            ring(alarms, (struct alarm){kind, site, bytes, alarms->above[kind], size - osize});
    }
    if (!alarms->rings)
        look_at_line(alarms, figures, site, size - osize);
}
