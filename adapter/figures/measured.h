/* SPDX-License-Identifier: MIT */
/*
 * measured: what measurements have found (link/windows.h), as numbers to show: per window of the
 * whole heap and per line, and which lines look like leaks. Like lines.h a reading is a copy. Knows
 * neither JSON nor the protocol.
 *
 * A suspect is a line of which something is still there from every window that is judged: those
 * spread over the whole run and the last ones, as far as the garbage collector has gone through
 * since. That tells it from garbage, from what was made once, and from a cache that is full.
 */
#ifndef LUAHEAT_ADAPTER_MEASURED_H
#define LUAHEAT_ADAPTER_MEASURED_H

#include "figures.h"
#include "lines.h"
#include "spread.h"

#include <stdbool.h>
#include <stddef.h>

/* How many windows suspects are judged by. */
enum { MEASURED_LEAST = 3, MEASURED_MOST = WINDOWS_RECENT + WINDOWS_MILESTONES };

struct measured_settings {
    uint64_t warmup; /* so many first windows do not count */
    bool collected;  /* there was a full collection before each window opened and closed */
};

/* Of each figure over the windows that count. Bytes. */
struct measured_figures {
    struct spread growth, allocated, freed, retained;
};

/* One of the last windows; bytes. */
struct measured_window {
    uint64_t number; /* 1, 2, ... as they were opened, the warm-up too */
    int64_t growth, allocated, freed;
    int64_t retained; /* -1: it is not known any more */
    uint64_t heap;    /* when it closed */
};

struct measured_line {
    struct lines_row place;          /* site, source and line; its figures are not used */
    struct measured_figures figures; /* over the last WINDOWS_RECENT windows */
    int64_t recent[WINDOWS_RECENT];  /* its growth in each of the measurement's `recent` */
    size_t evidence;                 /* of a suspect: how many windows; else 0 */
    int64_t retained[MEASURED_MOST]; /* in each of them, the oldest first */
};

struct measured {
    const char *name;                /* the figures' */
    uint64_t windows;                /* that count: closed, without the warm-up */
    size_t open;                     /* not closed yet */
    struct measured_figures figures; /* over the last WINDOWS_KEPT; retained: WINDOWS_RECENT */
    size_t recent_count;
    struct measured_window recent[WINDOWS_RECENT]; /* the last that count, the oldest first */
    size_t judged; /* windows; fewer than MEASURED_LEAST: there are no suspects */
    size_t count, suspects;
    struct measured_line *lines; /* the suspects first, by what they retain; the others by growth */
};

/* How many measurements there are. */
size_t measured_count(const struct figures *figures);

/* Valid UTF-8; lives as long as figures. */
const char *measured_name(const struct figures *figures, size_t index);

/* Reads measurement `index`. 0 or -ENOMEM; end with measured_finish() either way. */
int measured_read(struct measured *measured, const struct figures *figures, size_t index,
                  const struct measured_settings *settings);
void measured_finish(struct measured *measured);

#endif
