/* SPDX-License-Identifier: MIT */
/*
 * source: where code is, as DAP's Source, and what it reads.
 */
#ifndef LUAHEAT_INSPECT_SOURCE_H
#define LUAHEAT_INSPECT_SOURCE_H

#include "chunks.h"

#include <cjson/cJSON.h>
#include <lua.h>

/* The DAP Source of a function: a file with its path, the code given to load() with a
   sourceReference, or a name only. NULL for a C function. `record` has lua_getinfo's "S". */
cJSON *source_of(struct chunks *chunks, const lua_Debug *record);

/* The same of a chunk. */
cJSON *source_of_chunk(struct chunks *chunks, struct chunk *chunk);

#endif
