/* SPDX-License-Identifier: MIT */
/*
 * ledger: the books. Every byte Lua holds is owned by one cell, a (site, kind) of link/figures.h;
 * the ledger moves bytes in and out of cells and keeps the heap's total and the program's peak. It
 * knows neither Lua nor who is to be charged nor where blocks are.
 *
 * Invariant: the sum of live over all cells == figures->live.
 */
#ifndef LUAHEAT_ACCOUNT_LEDGER_H
#define LUAHEAT_ACCOUNT_LEDGER_H

#include "figures.h"

#include <stdbool.h>
#include <stddef.h>

/* Which site a line is: a hash table with linear probing, at most half full. */
struct ledger_slot {
    uint32_t source, line, site; /* site 0, which is no line's: free */
};

/* What is taken of the room in the figures. */
struct ledger_room {
    uint32_t sources, sites, text;
};

struct ledger {
    struct figures *figures; /* shared with the adapter; NULL: memory is off */
    bool *open; /* process.h; not in a child of the program, nor when the script is over: what
                   follows (lua_close) is not charged any more */
    struct ledger_slot *slots;
    uint32_t mask, used;     /* slots - 1, and how many are not free */
    struct ledger_room code; /* by code that is no file: see LEDGER_CODE_SOURCES */
    bool debugged;           /* something has been charged to FIGURES_DEBUGGER: see ledger_peak */
};

/* A program may load any number of pieces of code that are no files, and forget them. They have so
   much of the room in the figures, so that files always find some. */
#define LEDGER_CODE_SOURCES (FIGURES_MAX_SOURCES / 4)
#define LEDGER_CODE_SITES (FIGURES_MAX_SITES / 4)
#define LEDGER_CODE_TEXT (FIGURES_MAX_TEXT / 4)

/* Opens the books in zeroed figures: the pseudo-sites, then the magic. Without figures they stay
   closed. */
void ledger_init(struct ledger *ledger, struct figures *figures);
void ledger_finish(struct ledger *ledger);

/* Copies bytes and a NUL behind the figures' text so far. Its offset; 0: there are none, or there
   is no room. */
uint32_t ledger_text(struct figures *figures, const char *bytes, size_t size);

static inline bool ledger_open(const struct ledger *ledger) {
    return *ledger->open;
}

/* A new source. `path`: NULL if it is no file; the name may hold any byte. Its index; the overflow
   site's source if there is no room. */
uint32_t ledger_source(struct ledger *ledger, const char *name, size_t name_bytes,
                       const char *path);

/* The site of the source's line, made on first sight: its index, or FIGURES_OVERFLOW if there is no
   room. */
uint32_t ledger_site(struct ledger *ledger, uint32_t source, uint32_t line);

/* Fixes what the cell held at the last peak, if it has not changed since: to be called before a
   cell changes. At a new peak nothing is copied, only counted, so that a peak costs O(1). */
static inline void ledger_touch(struct figures *figures, struct figures_cell *cell) {
    if (cell->peak_seen != figures->peaks) {
        cell->at_peak = figures_live(cell);
        cell->peak_seen = figures->peaks;
    }
}

static inline struct figures_cell *ledger_cell(struct ledger *ledger, uint32_t site,
                                               enum figures_kind kind) {
    struct figures_cell *cell = &ledger->figures->sites[site].cells[kind];
    __asm__("" : "+r"(cell)); /* else compilers work it out again for each of its members */
    return cell;
}

/* The heap is larger than the peak. Is what the program has of it, too? Then it is the new peak. */
bool ledger_peak(struct ledger *ledger);

/* The total has grown. Whether the heap reached a new peak. */
static inline bool ledger_note_peak(struct ledger *ledger) {
    struct figures *figures = ledger->figures;
    if (figures->live <= figures->peak)
        return false;
    if (ledger->debugged)
        return ledger_peak(ledger);
    figures->peak = figures->live;
    figures->peaks++;
    return true;
}

/* A block enters the cell. Returns the same. */
static inline bool ledger_take(struct ledger *ledger, struct figures_cell *to, uint64_t size) {
    ledger_touch(ledger->figures, to);
    to->allocations++;
    to->allocated += size;
    ledger->figures->live += size;
    return ledger_note_peak(ledger);
}

/* A block of `released` bytes leaves the one cell and one of `charged` bytes enters the other in
   one event: with 0 a plain charge. Returns whether the heap reached a new peak. */
static inline bool ledger_charge(struct ledger *ledger, struct figures_cell *from,
                                 uint64_t released, struct figures_cell *to, uint64_t charged) {
    struct figures *figures = ledger->figures;
    if (released != 0) {
        ledger_touch(figures, from);
        from->frees++;
        from->freed += released;
    }
    ledger_touch(figures, to);
    to->allocations++;
    to->allocated += charged;
    figures->live += charged - released;
    return ledger_note_peak(ledger);
}

/* A block shrinks by so much. */
static inline void ledger_release(struct ledger *ledger, struct figures_cell *from, uint64_t size) {
    ledger_touch(ledger->figures, from);
    from->freed += size;
    ledger->figures->live -= size;
}

/* Of what the one cell holds so much has been the other's from the beginning. */
static inline void ledger_sort_out(struct ledger *ledger, struct figures_cell *from,
                                   struct figures_cell *to, uint64_t size) {
    ledger_touch(ledger->figures, from);
    ledger_touch(ledger->figures, to);
    from->allocated -= size;
    from->at_peak -= size;
    to->allocations++;
    to->allocated += size;
    to->at_peak += size;
}

/* A block of that size is freed. */
static inline void ledger_free(struct ledger *ledger, struct figures_cell *from, uint64_t size) {
    ledger_release(ledger, from, size);
    from->frees++;
}

/* A line takes memory: this one. */
static inline void ledger_runs(struct ledger *ledger, uint32_t site) {
    atomic_store_explicit(&ledger->figures->last_site, site, memory_order_relaxed);
}

/* The last charge went to the wrong cell, and since then only `right` has been released from: moves
   it, as if it had been right from the beginning. `was_peak`: what ledger_charge returned for it.
 */
void ledger_correct(struct ledger *ledger, struct figures_cell *wrong, struct figures_cell *right,
                    uint64_t size, bool was_peak);

#endif
