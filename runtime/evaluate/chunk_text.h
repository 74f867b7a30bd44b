/* SPDX-License-Identifier: MIT */
/*
 * chunk_text: the source text of a chunk: its file as it is now, or the code that its name is. That
 * of the chunk asked for last is kept.
 */
#ifndef LUAHEAT_EVALUATE_CHUNK_TEXT_H
#define LUAHEAT_EVALUATE_CHUNK_TEXT_H

#include <lua.h>
#include <stddef.h>

struct chunks;

struct chunk_text {
    struct chunks *chunks;
    int chunk;   /* its id; 0: none yet */
    char *bytes; /* NULL: there is none */
    size_t size;
};

void chunk_text_init(struct chunk_text *text, struct chunks *chunks);

/* Nothing is kept then, and it may be used again: a file is read anew. */
void chunk_text_finish(struct chunk_text *text);

/* Of a function, whose `record` has "S". NULL: there is none. Until it is asked for another
   chunk's. */
const char *chunk_text_of(struct chunk_text *text, const lua_Debug *record, size_t *size);

#endif
