/* SPDX-License-Identifier: MIT */
/*
 * lines_json: rows of figures as the bodies of `luaheat/lines` and `luaheat/heat` have them:
 *
 *   {"heap": {"live", "peak", "growth", "debugger", "collector"?, "uncounted"?},
 *    "columns": ["line", "allocations", "allocated", "freed", "live", "growth", "atPeak", "kinds",
 *               "retained"],
 *    "sources": [{"source": <DAP Source>, "rows": [[...], ...]}, ...],
 *    "stacks"?: {"which": "sampled" or "all", "mean", "samples"},
 *    "kinds": {<kind's name>: {"live", "objects"}, ...}, of the whole heap,
 *    "total": rows there are, those not on this page included}
 *
 * Of what happened between two moments (snapshot.h) there are no columns "atPeak" and "retained",
 * and heap has {"before", "after"} too. If it is known what became of the bytes, there are columns
 * "new", "survived" and "gone"; these three stand behind the others in a row's kinds, and in each
 * of "kinds", too.
 *
 * If stacks are looked at, there are columns "allocatedWithCallees", "allocatedWithCalleesError"
 * and the same of "live" and "growth" behind all others, and "stacks".
 *
 * Sources stand in the order in which their first row comes. `kinds` is an object: the kind's name
 * -> [allocations, allocated, freed, live], without kinds that the line never allocated. Rows that
 * are no source line (startup, ...) have line 0 and a source without path.
 */
#ifndef LUAHEAT_DAP_LINES_JSON_H
#define LUAHEAT_DAP_LINES_JSON_H

#include "lines.h"
#include "positions.h"

#include <cJSON.h>

/* At most `count` rows from row `first` on. */
cJSON *lines_json(const struct lines *lines, const struct figures *figures, size_t first,
                  size_t count, const struct positions *positions);

/* All rows; those of a source that have the same figures are one, which has an array of their lines
   in the place of the line. "total" counts them each. */
cJSON *lines_json_together(const struct lines *lines, const struct figures *figures,
                           const struct positions *positions);

/* The field "stacks", unless there are none: only `lines->stacks` and `lines->samples` are read. */
void lines_json_add_stacks(cJSON *body, const struct lines *lines);

/* The field "kinds"; `turnover`: with what became of the bytes. */
cJSON *lines_json_kinds(const struct lines_total totals[FIGURES_KINDS], bool turnover);

/* DAP's Source of a row. */
cJSON *lines_json_source(const struct figures *figures, const struct lines_row *row);

/* The row's source as an index below LINES_JSON_SOURCES, even if the program has scribbled over its
   figures. */
#define LINES_JSON_SOURCES (FIGURES_MAX_SOURCES + 1)
size_t lines_json_source_index(const struct lines_row *row);

#endif
