/* SPDX-License-Identifier: MIT */
#include "chunk_text.h"

#include "location.h"
#include "stop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a larger file nothing is read. */
enum { FILE_BYTES = 16 << 20 };

static char *read_open(FILE *file, size_t *size) {
    if (fseek(file, 0, SEEK_END) != 0)
        return NULL;
    long length = ftell(file);
    if (length < 0 || length > FILE_BYTES)
        return NULL;
    rewind(file);
    char *bytes = malloc((size_t)length + 1);
    if (bytes != NULL)
        *size = fread(bytes, 1, (size_t)length, file);
    return bytes;
}

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return NULL;
    char *bytes = read_open(file, size);
    fclose(file);
    return bytes;
}

static char *copy(const struct chunk *chunk, size_t *size) {
    char *bytes = malloc(chunk->name_bytes + 1);
    if (bytes != NULL)
        memcpy(bytes, chunk->name, chunk->name_bytes);
    *size = chunk->name_bytes;
    return bytes;
}

const char *chunk_text(struct stop *stop, const lua_Debug *record, size_t *size) {
    struct stop_text *text = &stop->text;
    if (*record->what == 'C')
        return NULL;
    const struct chunk *chunk = chunks_find(&stop->account->chunks, record->source, record->srclen);
    if (chunk == NULL)
        return NULL;
    if (chunk != text->chunk) {
        free(text->bytes);
        *text = (struct stop_text){.chunk = chunk};
        if (chunk->path != NULL)
            text->bytes = read_file(chunk->path, &text->size);
        else if (location_is_code(chunk))
            text->bytes = copy(chunk, &text->size);
    }
    *size = text->size;
    return text->bytes;
}
