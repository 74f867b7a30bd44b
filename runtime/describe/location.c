/* SPDX-License-Identifier: MIT */
#include "location.h"

#include <stdio.h>
#include <string.h>

/* Of the code, in the name of a chunk that has no other. */
enum { CODE_BYTES = 30 };

/* A chunk's name without the folders of its file; other chunks as Lua's own messages have them. */
static const char *short_name(const char *name, size_t *size, const char *short_src) {
    bool is_path = name[0] == '/' && strchr(name, '\n') == NULL; /* account/chunks.c */
    if (name[0] != '@' && !is_path) {
        *size = strlen(short_src);
        return short_src;
    }
    const char *end = name + *size, *file = end;
    while (file > name + !is_path && file[-1] != '/')
        file--;
    *size = (size_t)(end - file);
    return file;
}

static void write(struct string_builder *builder, const char *name, size_t size, int line) {
    string_builder_excerpt(builder, name, size, STRING_BUILDER_NAME_BYTES);
    if (line > 0)
        string_builder_print(builder, ":%d", line);
}

void location_write(struct string_builder *builder, const lua_Debug *record, int line) {
    size_t size = record->srclen;
    const char *name = short_name(record->source, &size, record->short_src);
    write(builder, name, size, line);
}

void location_write_chunk(struct string_builder *builder, const struct chunk *chunk, int line) {
    char short_src[LUA_IDSIZE];
    size_t size = chunk->name_bytes, first_line = strcspn(chunk->name, "\n");
    int shown = (int)(first_line < CODE_BYTES ? first_line : CODE_BYTES);
    if (location_is_code(chunk))
        snprintf(short_src, sizeof short_src, "[string \"%.*s%s\"]", shown, chunk->name,
                 (size_t)shown < size ? "..." : "");
    else
        snprintf(short_src, sizeof short_src, "%s", chunk->name + 1);
    const char *name = short_name(chunk->name, &size, short_src);
    write(builder, name, size, line);
}
