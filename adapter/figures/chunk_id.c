/* SPDX-License-Identifier: MIT */
#include "chunk_id.h"

#include <stdbool.h>
#include <string.h>

static size_t id_of_name(char id[CHUNK_ID_BYTES], const char *name, size_t size) {
    size_t room = CHUNK_ID_BYTES - 1;
    if (size > room)
        size = room;
    memcpy(id, name, size);
    return size;
}

static size_t id_of_file(char id[CHUNK_ID_BYTES], const char *name, size_t size) {
    size_t room = CHUNK_ID_BYTES - 1;
    if (size <= room)
        return id_of_name(id, name, size);
    memcpy(id, "...", 3);
    memcpy(id + 3, name + size - (room - 3), room - 3);
    return room;
}

static char *put(char *at, const char *bytes, size_t size) {
    memcpy(at, bytes, size);
    return at + size;
}

static size_t id_of_code(char id[CHUNK_ID_BYTES], const char *code, size_t size) {
    static const char before[] = "[string \"", cut[] = "...", after[] = "\"]";
    size_t room = CHUNK_ID_BYTES - (sizeof before - 1) - (sizeof cut - 1) - (sizeof after - 1) - 1;
    const char *end = memchr(code, '\n', size);
    bool whole = end == NULL && size < room;
    if (end != NULL)
        size = (size_t)(end - code);
    if (size > room)
        size = room;
    char *at = put(id, before, sizeof before - 1);
    at = put(at, code, size);
    if (!whole)
        at = put(at, cut, sizeof cut - 1);
    at = put(at, after, sizeof after - 1);
    return (size_t)(at - id);
}

size_t chunk_id(char id[CHUNK_ID_BYTES], const char *name, size_t size) {
    if (size > 0 && name[0] == '=')
        return id_of_name(id, name + 1, size - 1);
    if (size > 0 && name[0] == '@')
        return id_of_file(id, name + 1, size - 1);
    return id_of_code(id, name, size);
}
