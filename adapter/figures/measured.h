/* SPDX-License-Identifier: MIT */
/*
 * measured: what measurements have found (link/windows.h), as numbers to show: per window of the
 * whole heap and per line, and which lines look like leaks. Like lines.h a reading is a copy. Knows
 * neither JSON nor the protocol.
 *
 * A suspect is a line of which what lives grows without end, over the whole run (link/suspects.h);
 * what holds it the program has found out (runtime/serve/holders.h).
 */
#ifndef LUAHEAT_ADAPTER_MEASURED_H
#define LUAHEAT_ADAPTER_MEASURED_H

#include "causes.h"
#include "measured_settings.h"

#include <stdbool.h>
#include <stddef.h>

/* One of the last windows; bytes. */
struct measured_window {
    uint64_t number; /* 1, 2, ... as they were opened, the warm-up too */
    int64_t growth, allocated, freed;
    int64_t retained; /* -1: it is not known any more */
    uint64_t heap;    /* when it closed */
};

struct measured {
    const char *name;                /* the figures' */
    uint64_t windows;                /* that count: closed, without the warm-up */
    size_t open;                     /* not closed yet */
    struct measured_figures figures; /* over the last WINDOWS_KEPT; retained: WINDOWS_RECENT */
    size_t recent_count;
    struct measured_window recent[WINDOWS_RECENT]; /* the last that count, the oldest first */
    size_t judged; /* points that count; fewer than SUSPICION_LEAST: there are no suspects */
    uint64_t points[WINDOWS_POINTS]; /* how many windows had closed then */
    size_t count, suspects;
    struct measured_line *lines; /* the suspects first, cause by cause; the others by growth */
    struct causes causes;        /* of the suspects */
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
