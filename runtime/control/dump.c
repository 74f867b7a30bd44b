/* SPDX-License-Identifier: MIT */
/*
 * The format read here is ldump.c's of Lua 5.4.0 to 5.4.9 (it did not change): sizes and ints in
 * base 128, most significant digit first, the last byte marked with 0x80; a string as its length
 * + 1.
 */
#include "dump.h"

#include "array.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct bytes {
    char *items;
    size_t count, room;
};

struct reader {
    const unsigned char *at, *end;
    bool bad; /* ran past the end or out of memory: what was read since is 0 */
    dump_visit *visit;
    void *data;
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

/* lineinfo holds the difference to the line before, for each instruction, or a mark (-128) where it
   is too large and abslineinfo has the line itself. The lines are the caller's to free(). */
static int *read_lines(struct reader *reader, struct dump_function *function) {
    enum { ABSOLUTE = -128 };
    size_t count = read_size(reader);
    const signed char *info = (const signed char *)skip(reader, count);
    size_t absolutes = read_size(reader);
    int *lines = calloc(function->count + 1, sizeof *lines);
    unsigned line = (unsigned)function->linedefined;
    if (lines == NULL || count > function->count)
        reader->bad = true;
    function->count = count;
    for (size_t i = 0; i < count && !reader->bad; i++) {
        if (info[i] == ABSOLUTE && absolutes > 0) {
            read_size(reader); /* its pc: they come in order */
            line = (unsigned)read_size(reader);
            absolutes--;
        } else {
            line += (unsigned)(int)info[i];
        }
        lines[i] = (int)line;
    }
    for (; absolutes > 0 && !reader->bad; absolutes--) {
        read_size(reader);
        read_size(reader);
    }
    return lines;
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

static void visit_function(struct reader *reader, struct dump_function *function) {
    int *lines = read_lines(reader, function);
    function->lines = lines;
    if (!reader->bad && !reader->visit(reader->data, function))
        reader->bad = true;
    free(lines);
}

static void read_code(struct reader *reader, struct dump_function *function) {
    function->count = read_size(reader);
    if (function->count > SIZE_MAX / sizeof(uint32_t) - 1)
        reader->bad = true;
    else
        function->code = skip(reader, function->count * sizeof(uint32_t));
}

/* Recurses as deep as functions nest, which Lua's parser limits (LUAI_MAXCCALLS, 200). */
static void read_function(struct reader *reader, int depth) {
    struct dump_function function = {.depth = depth};
    skip_string(reader); /* source */
    function.linedefined = (int)read_size(reader);
    read_size(reader); /* lastlinedefined */
    read_byte(reader); /* numparams */
    function.vararg = read_byte(reader) != 0;
    read_byte(reader); /* maxstacksize */
    read_code(reader, &function);
    skip_constants(reader);
    skip_vector(reader, 3); /* upvalues: instack, idx, kind */
    size_t functions = read_size(reader);
    for (size_t i = 0; i < functions && !reader->bad; i++)
        read_function(reader, depth + 1);
    visit_function(reader, &function);
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
    if (!array_reserve(bytes, size))
        return 1;
    memcpy(bytes->items + bytes->count, data, size);
    bytes->count += size;
    return 0;
}

int dump_read(lua_State *L, dump_visit *visit, void *data) {
    struct bytes dump = {0};
    if (lua_dump(L, write_bytes, &dump, 0) != 0) {
        free(dump.items);
        return -ENOMEM;
    }
    struct reader reader = {.at = (unsigned char *)dump.items, .visit = visit, .data = data};
    reader.end = reader.at + dump.count;
    skip_header(&reader);
    read_function(&reader, 0);
    free(dump.items);
    return reader.bad ? -ENOMEM : 0;
}
