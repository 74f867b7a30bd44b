/* SPDX-License-Identifier: MIT */
/*
 * location: where a function or a frame is in the user's sources.
 */
#ifndef LUAHEAT_DESCRIBE_LOCATION_H
#define LUAHEAT_DESCRIBE_LOCATION_H

#include "chunks.h"
#include "string_builder.h"

#include <lua.h>

/* "file.lua:12", `[string "return x"]:1`. `record` has lua_getinfo's "S" and is no C function's. */
void location_write(struct string_builder *builder, const lua_Debug *record, int line);

/* The same for a chunk. */
void location_write_chunk(struct string_builder *builder, const struct chunk *chunk, int line);

/* Is the chunk's name the code itself? */
static inline bool location_is_code(const struct chunk *chunk) {
    bool is_named = chunk->name_bytes > 0 && (chunk->name[0] == '=' || chunk->name[0] == '@');
    return !is_named && chunk->path == NULL;
}

#endif
