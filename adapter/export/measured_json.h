/* SPDX-License-Identifier: MIT */
/*
 * measured_json: what a measurement has found, as `luaheat/measure` and the report tell it:
 *
 *   {"name", "windows", "open", "growth": {"last", "min", "median", "max", "trend"},
 *    "allocated": {...}, "freed": {...}, "retained": {...}, "judged",
 *    "recent": [{"window", "growth", "allocated", "freed", "retained", "heap"}, ...],
 *    "lines": [{"source", "line", "growth": {...}, "allocated": {...}, "freed": {...},
 *               "retained": {...}, "recent": [growth, ...]}, ...],
 *    "suspects": [{"source", "line", "retained": [...]}, ...]}
 *
 * A window's "retained" is left out where it is not known.
 */
#ifndef LUAHEAT_ADAPTER_MEASURED_JSON_H
#define LUAHEAT_ADAPTER_MEASURED_JSON_H

#include "measured.h"

#include <cJSON.h>

struct measured_places {
    /* Adds "source" and "line" to the object; false if memory is out. */
    bool (*add)(cJSON *object, const struct lines_row *place, const void *data);
    const void *data;
};

/* The first `lines` of its lines. NULL if memory is out. */
cJSON *measured_json(const struct measured *measured, size_t lines,
                     const struct measured_places *places);

#endif
