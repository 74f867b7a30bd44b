/* SPDX-License-Identifier: MIT */
/*
 * measured_variables: what measurements have found, as DAP's Variables.
 */
#ifndef LUAHEAT_DAP_MEASURED_VARIABLES_H
#define LUAHEAT_DAP_MEASURED_VARIABLES_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct program;

bool measured_variables_any(const struct program *program);

/* All of them, each with what it has found in words; `first`: the reference of the first, those of
   the others follow it. */
cJSON *measured_variables_list(const struct program *program, int64_t first);

/* Of one what its windows have left, and its suspects. NULL: there is none of that index. */
cJSON *measured_variables_of(const struct program *program, size_t index);

#endif
