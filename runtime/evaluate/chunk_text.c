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
    chunk_text_init(text, text->chunks);
}

static char *read_text(const struct chunk *chunk, size_t *size) {
    *size = 0;
    if (chunk->path != NULL)
        return file_text_read(chunk->path, size);
    return location_is_code(chunk) ? copy(chunk, size) : NULL;
}

const char *chunk_text_of(struct chunk_text *text, const lua_Debug *record, size_t *size) {
    if (*record->what == 'C')
        return NULL;
    const struct chunk *chunk = chunks_find(text->chunks, record->source, record->srclen);
    if (chunk == NULL)
        return NULL;
    if (chunk->id != text->chunk) {
        free(text->bytes);
        text->chunk = chunk->id;
        text->bytes = read_text(chunk, &text->size);
    }
    *size = text->size;
    return text->bytes;
}
