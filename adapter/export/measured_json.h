/* SPDX-License-Identifier: MIT */
/*
 * measured_json: what measurements have found, as `luaheat/measure` and the report tell it:
 *
 *   {"name", "summary": a sentence (finding.h), "windows", "open", "growth": {"last", "min",
 * "median", "max", "trend"}, "allocated": {...}, "freed": {...}, "retained": {...}, "judged",
 *    "recent": [{"window", "growth", "allocated", "freed", "retained", "heap"}, ...],
 *    "lines": [{"source", "line", "growth": {...}, "allocated": {...}, "freed": {...},
 *               "retained": {...}, "recent": [growth, ...]}, ...],
 *    "points": [window, ...],
 *    "causes": [{"holder": where it is held, "confidence", "kept", "perWindow",
 *                "suspects": [index, ...]}, ...],
 *    "suspects": [{"source", "line", "confidence": "certain" or "likely", "kept", "perWindow",
 *                  "since", "rises", "stretches", "living": [bytes at each of the points, ...]},
 *                 ...]}
 *
 * A window's "retained" is left out where it is not known, and so is the "holder" of a cause.
 */
#ifndef LUAHEAT_ADAPTER_MEASURED_JSON_H
#define LUAHEAT_ADAPTER_MEASURED_JSON_H

#include "json.h"
#include "measured.h"

struct measured_places {
    /* Writes the members "source" and "line". */
    void (*write)(struct json *json, const struct lines_row *place, const void *data);
    const void *data;
    const struct figures *figures;
};

/* An object, with the first `lines` of its lines. */
void measured_json(struct json *json, const struct measured *measured, size_t lines,
                   const struct measured_places *places);

#endif
