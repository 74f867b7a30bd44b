/* SPDX-License-Identifier: MIT */
/*
 * causes: the lines of a measurement, and the suspects among them by what holds their objects
 * (runtime/serve/holders.h): those of one place are one cause.
 */
#ifndef LUAHEAT_ADAPTER_CAUSES_H
#define LUAHEAT_ADAPTER_CAUSES_H

#include "figures.h"
#include "lines.h"
#include "spread.h"
#include "suspicion.h"

#include <stddef.h>
#include <stdint.h>

/* Of each figure over the windows that count. Bytes. */
struct measured_figures {
    struct spread growth, allocated, freed, retained;
};

struct measured_line {
    struct lines_row place;          /* site, source and line; its figures are not used */
    struct measured_figures figures; /* over the last WINDOWS_RECENT windows */
    int64_t recent[WINDOWS_RECENT];  /* its growth in each of the measurement's `recent` */
    struct suspicion suspicion;
    uint32_t holder;  /* of a suspect, an offset in the figures' text; 0: it is not known */
    int64_t together; /* what its cause keeps a window */
    int64_t living[WINDOWS_POINTS]; /* bytes, at each of the measurement's points, garbage apart */
};

/* A suspect of which the holder is not known is one by itself. */
struct cause {
    const char *holder; /* valid UTF-8; lives as long as the figures. NULL: it is not known */
    enum suspicion_level level; /* the highest of its lines */
    int64_t kept, per_window;   /* of them together */
    size_t first, count;        /* of the suspects */
};

/* All zero is none. By what they keep a window, as their lines are. */
struct causes {
    size_t count;
    struct cause *list;
};

/* Sorts the suspects by their causes, and finds those. 0 or -ENOMEM; end with causes_finish()
   either way. */
int causes_find(struct causes *causes, struct measured_line *suspects, size_t count,
                const struct figures *figures);
void causes_finish(struct causes *causes);

#endif
