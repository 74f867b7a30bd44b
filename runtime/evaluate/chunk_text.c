/* SPDX-License-Identifier: MIT */
#include "chunk_text.h"

#include "chunks.h"
#include "file_text.h"
#include "location.h"

#include <stdlib.h>
#include <string.h>

static char *copy(const struct chunk *chunk, size_t *size) {
    char *bytes = malloc(chunk->name_bytes + 1);
    if (bytes != NULL)
        memcpy(bytes, chunk->name, chunk->name_bytes);
    *size = chunk->name_bytes;
    return bytes;
}

void chunk_text_init(struct chunk_text *text, struct chunks *chunks) {
    *text = (struct chunk_text){.chunks = chunks};
}

void chunk_text_finish(struct chunk_text *text) {
    free(text->bytes);
}

void chunk_text_forget(struct chunk_text *text) {
    if (text->chunk == 0)
        return;
    free(text->bytes);
    chunk_text_init(text, text->chunks);
}

const char *chunk_text_of(struct chunk_text *text, const lua_Debug *record, size_t *size) {
    if (*record->what == 'C')
        return NULL;
    const struct chunk *chunk = chunks_find(text->chunks, record->source, record->srclen);
    if (chunk == NULL)
        return NULL;
    if (chunk->id != text->chunk) {
        free(text->bytes);
        *text = (struct chunk_text){.chunks = text->chunks, .chunk = chunk->id};
        if (chunk->path != NULL)
            text->bytes = file_text_read(chunk->path, &text->size);
        else if (location_is_code(chunk))
            text->bytes = copy(chunk, &text->size);
    }
    *size = text->size;
    return text->bytes;
}
