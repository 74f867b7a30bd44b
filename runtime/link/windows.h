/* SPDX-License-Identifier: MIT */
/*
 * windows: what happened between two moments of a program, and what of it is still there; part of
 * the shared figures (figures.h), under their rules.
 *
 * An epoch is the time between two moments that matter: a window opens or closes, the program stops
 * or goes on, a snapshot is taken. Each block knows the epoch in which it was allocated or last
 * grew, and for each cell (figures.h: a kind of block at a site) `live` holds the living bytes by
 * epoch. So what a window has retained, or how much of the heap was already there at a snapshot, is
 * what lives of some epochs, at any later time, without a list of blocks.
 *
 * A measurement is a named series of windows. Its last WINDOWS_KEPT are kept, the last
 * WINDOWS_RECENT also by line and with what they retained. Over the whole run there are points,
 * spread evenly: the bytes of each line that lived when a window ended, garbage apart. All that is
 * bounded, however many windows there are.
 */
#ifndef LUAHEAT_LINK_WINDOWS_H
#define LUAHEAT_LINK_WINDOWS_H

#include <stdatomic.h>
#include <stdint.h>

#define WINDOWS_KEPT 1024u
#define WINDOWS_RECENT 16u
#define WINDOWS_POINTS 32u

/* Of the last snapshots (a stop is one too) the epochs are kept apart. */
#define WINDOWS_SNAPSHOTS 64u

/* Room. Cells beyond it are counted together in row 0, lines in element m of measurement m, so that
   sums stay exact. */
#define WINDOWS_MEASUREMENTS 64u
#define WINDOWS_LINES (1u << 16)
#define WINDOWS_EPOCHS 256u
#define WINDOWS_ROWS 131000u /* no power of two: the columns of a row lie in other cache sets */
#define WINDOWS_NAME_BYTES 120u

/* The shared half of runtime/account/epochs.h. Serials start at 1; blocks of an epoch before
   first[0] are not told apart. */
struct windows_epochs {
    uint32_t now;                   /* the running one; 0: nothing has been measured yet */
    uint32_t count;                 /* of epochs that are told apart */
    uint32_t first[WINDOWS_EPOCHS]; /* ascending: the serial each begins with; later epochs may
                                       have been merged into it */
    uint8_t column[WINDOWS_EPOCHS]; /* of `live`, its first index */
    uint32_t row_count;             /* row 0 is for cells that found no room */
    uint32_t row_of_cell[1u << 21]; /* FIGURES_MAX_CELLS; 0: none */
    uint32_t cell_of_row[WINDOWS_ROWS];
    uint64_t live[WINDOWS_EPOCHS][WINDOWS_ROWS]; /* bytes; a column takes room once it is used */
};

/* Bytes, but allocations (events). growth = allocated - freed. */
struct window_share {
    uint64_t window; /* the number of the window it is of */
    uint64_t allocations, allocated, freed;
};

/* Number n stands at kept[n % WINDOWS_KEPT]. */
struct window {
    uint64_t number; /* 1, 2, ... as they were opened */
    uint64_t heap_before, heap_after;
    struct window_share all; /* of all sites */
    uint32_t first_epoch;
    _Atomic uint32_t end_epoch; /* the first that is not in it; 0: it is open; stored last */
};

/* What one site did in the last windows of a measurement. Window n stands at recent[n %
   WINDOWS_RECENT], if the site did anything in it. */
struct window_line {
    uint32_t measurement;
    uint32_t site;           /* elements below WINDOWS_MEASUREMENTS: all sites that found no room */
    _Atomic uint32_t holder; /* of a suspect's objects, in words: an offset in the figures' text; 0:
                                it is not known */
    struct window_share recent[WINDOWS_RECENT];
    uint64_t living[WINDOWS_POINTS]; /* bytes, by the measurement's points */
};

struct measurement {
    char name[WINDOWS_NAME_BYTES]; /* valid UTF-8, NUL-terminated */
    uint64_t opened, closed;
    uint64_t stride; /* there is a point when so many windows more have closed, or as soon after
                        that as it can be had */
    _Atomic uint32_t point_count;
    uint64_t points[WINDOWS_POINTS]; /* how many had closed then, ascending */
    struct window kept[WINDOWS_KEPT];
};

struct windows_figures {
    struct windows_epochs epochs;
    uint32_t stop_epoch; /* began when the program last went on from a stop; 0: it never stopped */
    uint32_t snapshot_epoch; /* began at the last snapshot; 0: there was none */
    _Atomic uint32_t measurement_count;
    _Atomic uint32_t line_count;
    struct measurement measurements[WINDOWS_MEASUREMENTS];
    struct window_line lines[WINDOWS_LINES];
};

/* How many there are, for readers: whatever the program has scribbled over them. */
static inline uint32_t windows_count(const _Atomic uint32_t *count, uint32_t room) {
    uint32_t there = atomic_load_explicit(count, memory_order_acquire);
    return there < room ? there : room;
}

static inline uint32_t windows_measurements(const struct windows_figures *windows) {
    return windows_count(&windows->measurement_count, WINDOWS_MEASUREMENTS);
}

static inline uint32_t windows_lines(const struct windows_figures *windows) {
    return windows_count(&windows->line_count, WINDOWS_LINES);
}

static inline uint32_t windows_points(const struct measurement *measurement) {
    return windows_count(&measurement->point_count, WINDOWS_POINTS);
}

#endif
