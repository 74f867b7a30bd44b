/* SPDX-License-Identifier: MIT */
/*
 * memory_breakpoints: the program's heap, a line or a single allocation goes above a figure. One is
 * hit once; whoever hears of it stops the program, from where growth is measured anew. That of the
 * heap is quiet afterwards until the heap has been below its figure again.
 *
 * Besides there are those of single lines: what lives of one, more than when the program last went
 * on, or than when they were set if nobody looked at lines before.
 *
 * It knows neither hooks nor messages. All sizes are bytes.
 */
#ifndef LUAHEAT_ACCOUNT_MEMORY_BREAKPOINTS_H
#define LUAHEAT_ACCOUNT_MEMORY_BREAKPOINTS_H

#include "figures.h"

#include <stdbool.h>
#include <stddef.h>

enum memory_breakpoint_kind {
    MEMORY_BREAKPOINT_HEAP,       /* all that lives */
    MEMORY_BREAKPOINT_GROWTH,     /* ... more than when the program last went on */
    MEMORY_BREAKPOINT_LINE,       /* what lives of one line, more than then */
    MEMORY_BREAKPOINT_ALLOCATION, /* one block */
    MEMORY_BREAKPOINT_KINDS
};

struct memory_breakpoint {
    char *path; /* as figures_source has it */
    uint32_t line;
    uint64_t above;
};

/* A figure is above its limit, and by how much the site has just grown. */
struct memory_breakpoint_hit {
    enum memory_breakpoint_kind kind;
    uint32_t site;
    uint64_t bytes, limit, grown;
};

struct memory_breakpoints {
    bool on; /* any of them */
    struct memory_breakpoint *lines;
    size_t line_count;
    uint64_t above[MEMORY_BREAKPOINT_KINDS]; /* UINT64_MAX: not asked for */
    bool quiet;                              /* MEMORY_BREAKPOINT_HEAP */
    uint64_t heap_before;                    /* when the program last went on; 0: at the start */
    uint64_t *live_before;                   /* by site, likewise */
    size_t sites;
    bool is_hit;                           /* until it is answered ... */
    struct memory_breakpoint_hit last_hit; /* ... this, the last one */
    void (*on_hit)(void *data);            /* in the allocator */
    void *data;
};

/* None is set. */
void memory_breakpoints_init(struct memory_breakpoints *breakpoints);

/* Replaces all figures but those of single lines. on_hit and data stay. */
void memory_breakpoints_set(struct memory_breakpoints *breakpoints,
                            const uint64_t above[MEMORY_BREAKPOINT_KINDS]);

/* Replaces those of single lines; takes them and their paths. */
void memory_breakpoints_set_lines(struct memory_breakpoints *breakpoints,
                                  const struct figures *figures, struct memory_breakpoint *lines,
                                  size_t count);
void memory_breakpoints_finish(struct memory_breakpoints *breakpoints);

/* The site has just been charged `size` bytes for a block that had osize before. While on. */
void memory_breakpoints_charged(struct memory_breakpoints *breakpoints,
                                const struct figures *figures, uint32_t site, uint64_t osize,
                                uint64_t size);

/* The program goes on from a stop. */
void memory_breakpoints_go_on(struct memory_breakpoints *breakpoints,
                              const struct figures *figures);

#endif
