/* SPDX-License-Identifier: MIT */
#include "memory_breakpoints.h"

#include <stdlib.h>
#include <string.h>

void memory_breakpoints_init(struct memory_breakpoints *breakpoints) {
    *breakpoints = (struct memory_breakpoints){0};
    for (int kind = 0; kind < MEMORY_BREAKPOINT_KINDS; kind++)
        breakpoints->above[kind] = UINT64_MAX;
}

static bool looks_at_lines(const struct memory_breakpoints *breakpoints) {
    return breakpoints->above[MEMORY_BREAKPOINT_LINE] != UINT64_MAX || breakpoints->line_count > 0;
}

static void switch_on(struct memory_breakpoints *breakpoints) {
    breakpoints->on = breakpoints->line_count > 0;
    breakpoints->is_hit = false;
    for (int kind = 0; kind < MEMORY_BREAKPOINT_KINDS; kind++)
        breakpoints->on = breakpoints->on || breakpoints->above[kind] != UINT64_MAX;
}

void memory_breakpoints_set(struct memory_breakpoints *breakpoints,
                            const uint64_t above[MEMORY_BREAKPOINT_KINDS]) {
    memcpy(breakpoints->above, above, sizeof breakpoints->above);
    breakpoints->quiet = false;
    switch_on(breakpoints);
}

static void free_lines(struct memory_breakpoints *breakpoints) {
    for (size_t i = 0; i < breakpoints->line_count; i++)
        free(breakpoints->lines[i].path);
    free(breakpoints->lines);
}

void memory_breakpoints_finish(struct memory_breakpoints *breakpoints) {
    free(breakpoints->live_before);
    free_lines(breakpoints);
}

static uint64_t live_at(const struct figures *figures, uint32_t site) {
    uint64_t live = 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        live += figures_live(&figures->sites[site].cells[kind]);
    return live;
}

/* Without memory for it lines are measured from the start. */
static void note_lines(struct memory_breakpoints *breakpoints, const struct figures *figures) {
    size_t sites = figures->site_count;
    uint64_t *live = realloc(breakpoints->live_before, sites * sizeof *live);
    if (live == NULL)
        return;
    breakpoints->live_before = live;
    breakpoints->sites = sites;
    for (uint32_t site = 0; site < sites; site++)
        live[site] = live_at(figures, site);
}

void memory_breakpoints_set_lines(struct memory_breakpoints *breakpoints,
                                  const struct figures *figures, struct memory_breakpoint *lines,
                                  size_t count) {
    bool looked = looks_at_lines(breakpoints);
    free_lines(breakpoints);
    breakpoints->lines = lines;
    breakpoints->line_count = count;
    switch_on(breakpoints);
    if (!looked && count > 0)
        note_lines(breakpoints, figures);
}

void memory_breakpoints_go_on(struct memory_breakpoints *breakpoints,
                              const struct figures *figures) {
    breakpoints->is_hit = false;
    breakpoints->heap_before = figures_program(figures);
    if (looks_at_lines(breakpoints))
        note_lines(breakpoints, figures);
}

static uint64_t more_than(uint64_t now, uint64_t before) {
    return now > before ? now - before : 0;
}

/* What of the heap is the program's, if the heap itself is above the figure. */
static uint64_t program_bytes(const struct figures *figures, uint64_t above) {
    return figures->live > above ? figures_program(figures) : figures->live;
}

static uint64_t figure(const struct memory_breakpoints *breakpoints, const struct figures *figures,
                       enum memory_breakpoint_kind kind, uint32_t site, uint64_t size) {
    switch (kind) {
    case MEMORY_BREAKPOINT_HEAP:
        return program_bytes(figures, breakpoints->above[kind]);
    case MEMORY_BREAKPOINT_GROWTH:
        return more_than(figures_program(figures), breakpoints->heap_before);
    case MEMORY_BREAKPOINT_LINE:
        return more_than(live_at(figures, site),
                         site < breakpoints->sites ? breakpoints->live_before[site] : 0);
    default:
        return size;
    }
}

static void hit(struct memory_breakpoints *breakpoints, struct memory_breakpoint_hit what) {
    breakpoints->is_hit = true;
    breakpoints->last_hit = what;
    breakpoints->quiet = breakpoints->quiet || what.kind == MEMORY_BREAKPOINT_HEAP;
    breakpoints->on_hit(breakpoints->data);
}

/* Of the lines only those of the program count. */
static bool is_wanted(const struct memory_breakpoints *breakpoints,
                      enum memory_breakpoint_kind kind, uint32_t site) {
    bool silent = kind == MEMORY_BREAKPOINT_HEAP
                      ? breakpoints->quiet
                      : kind == MEMORY_BREAKPOINT_LINE && site < FIGURES_PSEUDO_SITES;
    return breakpoints->above[kind] != UINT64_MAX && !silent;
}

static bool is_of(const struct memory_breakpoint *breakpoint, const struct figures *figures,
                  uint32_t site) {
    const struct figures_site *charged = &figures->sites[site];
    const struct figures_source *source = &figures->sources[charged->source];
    return breakpoint->line == charged->line && source->path != 0 &&
           strcmp(figures->text + source->path, breakpoint->path) == 0;
}

static void look_at_line(struct memory_breakpoints *breakpoints, const struct figures *figures,
                         uint32_t site, uint64_t grown) {
    for (size_t i = 0; i < breakpoints->line_count; i++) {
        const struct memory_breakpoint *breakpoint = &breakpoints->lines[i];
        if (!is_of(breakpoint, figures, site))
            continue;
        uint64_t bytes = figure(breakpoints, figures, MEMORY_BREAKPOINT_LINE, site, 0);
        if (bytes > breakpoint->above)
            hit(breakpoints, (struct memory_breakpoint_hit){MEMORY_BREAKPOINT_LINE, site, bytes,
                                                            breakpoint->above, grown});
        return;
    }
}

void memory_breakpoints_charged(struct memory_breakpoints *breakpoints,
                                const struct figures *figures, uint32_t site, uint64_t osize,
                                uint64_t size) {
    if (program_bytes(figures, breakpoints->above[MEMORY_BREAKPOINT_HEAP]) <=
        breakpoints->above[MEMORY_BREAKPOINT_HEAP])
        breakpoints->quiet = false;
    if (site == FIGURES_DEBUGGER)
        return;
    for (int kind = 0; kind < MEMORY_BREAKPOINT_KINDS && !breakpoints->is_hit; kind++) {
        if (!is_wanted(breakpoints, kind, site))
            continue;
        uint64_t bytes = figure(breakpoints, figures, kind, site, size);
        if (bytes > breakpoints->above[kind])
            hit(breakpoints, (struct memory_breakpoint_hit){
                                 kind, site, bytes, breakpoints->above[kind], size - osize});
    }
    if (!breakpoints->is_hit)
        look_at_line(breakpoints, figures, site, size - osize);
}
