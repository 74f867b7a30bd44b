/* SPDX-License-Identifier: MIT */
/*
 * memory_variable: figures as DAP's Variables, in the scope "Memory".
 */
#ifndef LUAHEAT_DAP_MEMORY_VARIABLE_H
#define LUAHEAT_DAP_MEMORY_VARIABLE_H

#include "lines.h"

#include <cjson/cJSON.h>
#include <stdint.h>

struct program;

/* reference: 0: nothing is below it. */
void memory_variable_add(cJSON *list, const char *name, const char *value, int64_t reference);

/* "file.lua:12", or "(startup)"; the caller's to free(). */
char *memory_variable_place(const struct program *program, const struct lines_row *row);

#endif
