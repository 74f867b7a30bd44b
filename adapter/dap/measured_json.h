/* SPDX-License-Identifier: MIT */
/*
 * measured_json: what a measurement has found, as `luaheat/measure` tells it:
 *
 *   {"name", "windows", "open", "growth": {"last", "min", "median", "max", "trend"},
 *    "allocated": {...}, "freed": {...}, "retained": {...}, "judged",
 *    "lines": [{"source": <DAP Source>, "line", "growth": {...}, "allocated": {...},
 *               "freed": {...}, "retained": {...}}, ...],
 *    "suspects": [{"source", "line", "retained": [...]}, ...]}
 */
#ifndef LUAHEAT_DAP_MEASURED_JSON_H
#define LUAHEAT_DAP_MEASURED_JSON_H

#include "measured.h"
#include "positions.h"

#include <cJSON.h>

/* The first `lines` of its lines. */
cJSON *measured_json(const struct measured *measured, const struct figures *figures, size_t lines,
                     const struct positions *positions);

#endif
