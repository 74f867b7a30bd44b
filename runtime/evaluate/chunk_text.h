/* SPDX-License-Identifier: MIT */
/*
 * chunk_text: the source text of a chunk: its file as it is now, or the code that its name is.
 */
#ifndef LUAHEAT_EVALUATE_CHUNK_TEXT_H
#define LUAHEAT_EVALUATE_CHUNK_TEXT_H

#include <lua.h>
#include <stddef.h>

struct stop;

/* Of a function, whose `record` has "S". NULL: there is none. Until it is asked for another
   chunk's. */
const char *chunk_text(struct stop *stop, const lua_Debug *record, size_t *size);

#endif
