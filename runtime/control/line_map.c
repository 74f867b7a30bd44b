/* SPDX-License-Identifier: MIT */
/*
 * The format read here is ldump.c's of Lua 5.4.0 to 5.4.9 (it did not change): sizes and ints in
 * base 128, most significant digit first, the last byte marked with 0x80; a string as its length
 * + 1.
 */
#include "line_map.h"

#include <errno.h>
#include <lauxlib.h>
#include <lua.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct bytes {
    char *start;
    size_t size, room;
};

struct reader {
    const unsigned char *at, *end;
    bool bad; /* ran past the end or out of memory: what was read since is 0 */
    struct line_map *map;
};

/* Tags of constants that are followed by a value (lobject.h: variant bits above the type). */
enum {
    CONSTANT_INTEGER = LUA_TNUMBER | 0 << 4,
    CONSTANT_FLOAT = LUA_TNUMBER | 1 << 4,
    CONSTANT_SHORT_STRING = LUA_TSTRING | 0 << 4,
    CONSTANT_LONG_STRING = LUA_TSTRING | 1 << 4
};

static const unsigned char *skip(struct reader *reader, size_t bytes) {
    if ((size_t)(reader->end - reader->at) < bytes) {
        reader->bad = true;
        reader->at = reader->end;
        return NULL;
    }
    const unsigned char *start = reader->at;
    reader->at += bytes;
    return start;
}

static unsigned read_byte(struct reader *reader) {
    const unsigned char *byte = skip(reader, 1);
    return byte != NULL ? *byte : 0;
}

static size_t read_size(struct reader *reader) {
    size_t value = 0;
    unsigned byte;
    do {
        byte = read_byte(reader);
        value = value << 7 | (byte & 0x7f);
    } while (!(byte & 0x80) && !reader->bad);
    return reader->bad ? 0 : value;
}

static void skip_vector(struct reader *reader, size_t element) {
    size_t count = read_size(reader);
    if (count > SIZE_MAX / element)
        reader->bad = true;
    else
        skip(reader, count * element);
}

static void skip_string(struct reader *reader) {
    size_t size = read_size(reader);
    if (size > 0)
        skip(reader, size - 1);
}

static void skip_constants(struct reader *reader) {
    size_t count = read_size(reader);
    for (size_t i = 0; i < count && !reader->bad; i++) {
        switch (read_byte(reader)) {
        case CONSTANT_INTEGER:
            skip(reader, sizeof(lua_Integer));
            break;
        case CONSTANT_FLOAT:
            skip(reader, sizeof(lua_Number));
            break;
        case CONSTANT_SHORT_STRING:
        case CONSTANT_LONG_STRING:
            skip_string(reader);
            break;
        default:
            break;
        }
    }
}

static bool add(struct line_map *map, int line, int function) {
    if (map->count > 0) {
        const struct line_entry *last = &map->entries[map->count - 1];
        if (last->line == line && last->function == function)
            return true;
    }
    if (map->count == map->room) {
        size_t room = map->room > 0 ? map->room * 2 : 256;
        struct line_entry *entries = realloc(map->entries, room * sizeof *entries);
        if (entries == NULL)
            return false;
        map->entries = entries;
        map->room = room;
    }
    map->entries[map->count++] = (struct line_entry){line, function};
    return true;
}

/* The lines of one function: lineinfo holds the difference to the line before, for each
   instruction, or a mark (-128) where it is too large and abslineinfo has the line itself. The
   first instruction of a vararg function only prepares its arguments: it is no place to stop. */
static void read_lines(struct reader *reader, int function, bool vararg) {
    enum { ABSOLUTE = -128 };
    size_t count = read_size(reader);
    const signed char *info = (const signed char *)skip(reader, count);
    size_t absolutes = read_size(reader);
    int line = function;
    for (size_t i = 0; i < count && !reader->bad; i++) {
        if (info[i] == ABSOLUTE && absolutes > 0) {
            read_size(reader); /* its pc: they come in order */
            line = (int)read_size(reader);
            absolutes--;
        } else {
            line += info[i];
        }
        if (!(vararg && i == 0) && !add(reader->map, line, function))
            reader->bad = true;
    }
    for (; absolutes > 0 && !reader->bad; absolutes--) {
        read_size(reader);
        read_size(reader);
    }
}

static void skip_names(struct reader *reader) {
    size_t locals = read_size(reader);
    for (size_t i = 0; i < locals && !reader->bad; i++) {
        skip_string(reader);
        read_size(reader);
        read_size(reader);
    }
    size_t upvalues = read_size(reader);
    for (size_t i = 0; i < upvalues && !reader->bad; i++)
        skip_string(reader);
}

/* Recurses as deep as functions nest, which Lua's parser limits (LUAI_MAXCCALLS, 200). */
static void read_function(struct reader *reader) {
    skip_string(reader); /* source */
    int function = (int)read_size(reader);
    read_size(reader); /* lastlinedefined */
    read_byte(reader); /* numparams */
    bool vararg = read_byte(reader) != 0;
    read_byte(reader);                     /* maxstacksize */
    skip_vector(reader, sizeof(uint32_t)); /* code */
    skip_constants(reader);
    skip_vector(reader, 3); /* upvalues: instack, idx, kind */
    size_t functions = read_size(reader);
    for (size_t i = 0; i < functions && !reader->bad; i++)
        read_function(reader);
    read_lines(reader, function, vararg);
    skip_names(reader);
}

/* Signature, version, format, LUAC_DATA, three sizes, two numbers; then the number of upvalues. */
static void skip_header(struct reader *reader) {
    skip(reader, strlen(LUA_SIGNATURE) + 1 + 1 + 6 + 3 + sizeof(lua_Integer) + sizeof(lua_Number));
    read_byte(reader);
}

static int write_bytes(lua_State *L, const void *data, size_t size, void *ud) {
    (void)L;
    struct bytes *bytes = ud;
    if (bytes->size + size > bytes->room) {
        size_t room = (bytes->size + size) * 2;
        char *start = realloc(bytes->start, room);
        if (start == NULL)
            return 1;
        bytes->start = start;
        bytes->room = room;
    }
    memcpy(bytes->start + bytes->size, data, size);
    bytes->size += size;
    return 0;
}

/* Compiles the file and dumps it. 0 or a negative errno with the problem. */
static int compile(lua_State *L, const char *path, struct bytes *dump, char **problem) {
    if (luaL_loadfile(L, path) != LUA_OK) {
        const char *message = lua_tostring(L, -1);
        *problem = message != NULL ? strdup(message) : NULL;
        return -EINVAL;
    }
    return lua_dump(L, write_bytes, dump, 0) == 0 ? 0 : -ENOMEM;
}

static int compare(const void *left, const void *right) {
    const struct line_entry *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->function > b->function) - (a->function < b->function);
}

static void sort(struct line_map *map) {
    if (map->count == 0)
        return;
    qsort(map->entries, map->count, sizeof *map->entries, compare);
    size_t kept = 1;
    for (size_t i = 1; i < map->count; i++)
        if (compare(&map->entries[i], &map->entries[kept - 1]) != 0)
            map->entries[kept++] = map->entries[i];
    map->count = kept;
}

/* 0 or -ENOMEM. Frees the dump. */
static int read_dump(struct line_map *map, struct bytes *dump) {
    struct reader reader = {.at = (unsigned char *)dump->start, .map = map};
    reader.end = reader.at + dump->size;
    skip_header(&reader);
    read_function(&reader);
    sort(map);
    free(dump->start);
    if (!reader.bad)
        return 0;
    line_map_finish(map);
    return -ENOMEM;
}

int line_map_load(struct line_map *map, const char *path, char **problem) {
    struct bytes dump = {0};
    char *why = NULL;
    *map = (struct line_map){0};
    lua_State *L = luaL_newstate();
    int error = L != NULL ? compile(L, path, &dump, &why) : -ENOMEM;
    if (L != NULL)
        lua_close(L);
    if (error == 0)
        error = read_dump(map, &dump);
    else
        free(dump.start);
    if (problem != NULL)
        *problem = why;
    else
        free(why);
    return error;
}

int line_map_of_function(struct line_map *map, lua_State *L) {
    struct bytes dump = {0};
    *map = (struct line_map){0};
    if (lua_dump(L, write_bytes, &dump, 0) == 0)
        return read_dump(map, &dump);
    free(dump.start);
    return -ENOMEM;
}

void line_map_finish(struct line_map *map) {
    free(map->entries);
    *map = (struct line_map){0};
}

const struct line_entry *line_map_at(const struct line_map *map, int line) {
    size_t low = 0, high = map->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (map->entries[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < map->count ? &map->entries[low] : NULL;
}
