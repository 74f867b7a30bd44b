/* SPDX-License-Identifier: MIT */
/*
 * lines: the figures as rows, one a site that ever allocated, or below which something did. A
 * reading is a copy, so that sorting, paging and printing it see one moment. Knows neither JSON nor
 * the protocol nor how figures arrive.
 *
 * Invariant of a reading taken at a stop or after the end: the rows' live bytes add up to live.
 */
#ifndef LUAHEAT_ADAPTER_LINES_H
#define LUAHEAT_ADAPTER_LINES_H

#include "columns.h"
#include "figures.h"

#include <stdbool.h>
#include <stddef.h>

/* allocations and frees: events, of which the difference is blocks that are alive; else bytes. */
struct lines_kind {
    uint64_t allocations, frees, allocated, freed;
};

/* What became of bytes between two moments: born since the earlier and alive at the later one;
   alive at both; alive at the earlier and not any more. A block that grows is born again. */
struct lines_turnover {
    uint64_t born, survived, gone;
};

/* A kind in the whole heap. */
struct lines_total {
    uint64_t live, blocks;
    struct lines_turnover turnover;
};

/* What happened below a line (callees.h), since the start. Bytes; variances in STACKS_PARTS of
   mean^2. */
struct callees {
    uint64_t allocated, freed;
    uint64_t variance, freed_variance; /* of allocated; what of it is of what is freed */
};

struct callees_estimate {
    int64_t bytes;
    uint64_t variance;
};

/* From one moment to another; live: at the later one. */
struct callees_change {
    struct callees_estimate allocated, live, growth;
};

/* Bytes, but allocations (events). */
struct lines_row {
    uint32_t site;     /* index of its figures_site: the row's identity between readings */
    uint32_t source;   /* index of its figures_source */
    uint32_t line;     /* 0 for pseudo-sites */
    int64_t sorted_by; /* lines_sort()'s: the figure that it has looked at */
    uint64_t allocations, allocated, freed, live, at_peak;
    int64_t growth;    /* change of live since the start, or since a snapshot (snapshot_measure) */
    uint64_t retained; /* of what was allocated since the program last went on from a stop (if it
                          never stopped: since the start) what is still alive */
    struct lines_kind kinds[FIGURES_KINDS];
    struct callees callees;      /* what happened below it, if lines.stacks is not 0 */
    struct callees_change below; /* the same: since the start, growth as the line's own */
    uint64_t stacks;             /* lines.stacks; STACKS_ALL: that is exact */
    struct lines_turnover turnover, turnovers[FIGURES_KINDS]; /* if lines.turnover_known */
};

struct lines {
    uint64_t live, peak;
    uint64_t debugger;  /* what of live is the debugger's own; the peak is without */
    uint64_t collector; /* Lua's own count; 0: unknown (figures.h) */
    struct lines_total kinds[FIGURES_KINDS];
    bool between;        /* the rows are what happened between two moments (snapshot.h): at_peak and
                            retained mean nothing, live is the later one's */
    bool turnover_known; /* and what became of the bytes is known */
    uint64_t live_before; /* the heap at the earlier one, or when growth began to be measured */
    uint64_t stacks;      /* bytes between two samples of the stacks; 0: nothing is known of them */
    uint64_t samples;     /* that were taken, since the start */
    size_t count;
    struct lines_row *rows; /* in the order of the sites until lines_sort() */
};

/* What Lua's allocator gave beside its own count, if that is known. */
static inline int64_t lines_uncounted(const struct lines *lines) {
    return (int64_t)(lines->live - lines->collector);
}

/* "sampled", or "all": nothing is an estimate then. As people choose it. */
const char *lines_stacks_word(const struct lines *lines);

/* Reads all rows. Figures without magic give an empty reading. 0 or -ENOMEM; end with
   lines_finish() either way. */
int lines_read(struct lines *lines, const struct figures *figures);

/* The same, but that retained stays 0: for who wants to know what happened between two moments. */
int lines_read_totals(struct lines *lines, const struct figures *figures);
void lines_finish(struct lines *lines);

/* The rows are of the whole heap, since the start: makes lines->kinds and lines->debugger of them.
 */
void lines_add_up(struct lines *lines);

/* A sum of what a program may have scribbled over: any numbers, and no overflow. */
static inline int64_t lines_sum(int64_t a, int64_t b) {
    return (int64_t)((uint64_t)a + (uint64_t)b);
}

/* What lives of totals since the start. */
static inline void lines_add_kind(struct lines_total *to, const struct lines_kind *totals) {
    to->live += totals->allocated - totals->freed;
    to->blocks += totals->allocations - totals->frees;
}

/* By the column, descending; rows that are equal by it, and all by COLUMN_LINE, by the source's
   name and then the line, ascending. `figures` must be the ones that were read. */
void lines_sort(struct lines *lines, const struct figures *figures, enum column_id by);

/* What the row has of one kind, as a row of its own: its columns are COLUMNS_OF_KIND, and
   COLUMNS_TURNOVER if that is known. `to` is all zero, or such a row already. */
void lines_of_kind(struct lines_row *to, const struct lines_row *row, enum figures_kind kind);

/* "table", "string", ... */
const char *lines_kind_name(enum figures_kind kind);

/* The absolute path of the row's file, or NULL when its source is no file. Lives as long as
 * figures. */
const char *lines_path(const struct figures *figures, const struct lines_row *row);

/* What to call its source where there is no path: "(startup)", "stdin", `[string "return 1"]` (as
   Lua's own messages have it, with bytes that are not UTF-8 escaped). The caller's to free(); NULL
   if memory is out. */
char *lines_name(const struct figures *figures, const struct lines_row *row);

/* Where the program was last known to be, for one that has ended without a word: "FILE:LINE" of the
   line that took memory last, though lines that take none may have run since. The caller's to
   free(); NULL: not known, or memory is out. figures may be NULL. */
char *lines_last_place(const struct figures *figures);

#endif
