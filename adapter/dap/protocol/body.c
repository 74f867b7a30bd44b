/* SPDX-License-Identifier: MIT */
#include "body.h"

#include "alloc.h"
#include "text.h"

#include <stdbool.h>
#include <string.h>

/* What stands at one depth. */
struct level {
    bool is_object;
    size_t name_at, name_size; /* of the field last begun, in the body; size 0: none */
};

struct reader {
    const char *body;
    size_t size, at;
    char *mended; /* NULL while nothing has been found */
    struct body_flaw *flaw;
    struct level levels[BODY_DEPTH + 1];
    size_t depth;
    bool name_follows; /* the next string is one */
};

/* ---- what is found ---- */

static void note_flaw(struct reader *reader, const char *what) {
    size_t depth = reader->depth;
    while (depth > 0 && reader->levels[depth].name_size == 0)
        depth--;
    const struct level *level = &reader->levels[depth];
    *reader->flaw = (struct body_flaw){what, NULL, level->name_size};
    if (level->name_size > 0)
        reader->flaw->name = reader->body + level->name_at;
}

/* Puts `instead` in the place of `size` bytes, and blanks after it. */
static void mend(struct reader *reader, size_t at, size_t size, const char *instead,
                 const char *what) {
    if (reader->mended == NULL) {
        note_flaw(reader, what);
        reader->mended = alloc_zeroed(reader->size + 1, 1);
        memcpy(reader->mended, reader->body, reader->size);
    }
    size_t length = strlen(instead);
    memset(reader->mended + at, ' ', size);
    memcpy(reader->mended + at, instead, length < size ? length : size);
}

/* ---- strings ---- */

/* The number that the \uXXXX at `at` stands for; -1: there is none. */
static int escaped_unit(const struct reader *reader, size_t at) {
    int unit = 0;
    if (reader->size - at < 6 || reader->body[at] != '\\' || reader->body[at + 1] != 'u')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        static const char digits[] = "0123456789abcdef";
        char byte = reader->body[at + i];
        const char *digit = byte != '\0' ? strchr(digits, byte >= 'A' ? byte | 32 : byte) : NULL;
        if (digit == NULL)
            return -1;
        unit = unit * 16 + (int)(digit - digits);
    }
    return unit;
}

/* Passes over a backslash and what it escapes. */
static void read_escape(struct reader *reader) {
    size_t at = reader->at;
    int unit = escaped_unit(reader, at);
    bool high = unit >= 0xd800 && unit < 0xdc00, low = unit >= 0xdc00 && unit < 0xe000;
    int next = high ? escaped_unit(reader, at + 6) : -1;
    if (next >= 0xdc00 && next < 0xe000) {
        reader->at += 12;
        return;
    }
    reader->at += unit >= 0 ? 6 : 2;
    if (unit == 0)
        mend(reader, at, 6, "\\ufffd", "a NUL character");
    else if (high || low)
        mend(reader, at, 6, "\\ufffd", "half of a character (a lone surrogate)");
}

static void read_character(struct reader *reader) {
    size_t at = reader->at;
    size_t length = text_sequence(reader->body + at, reader->size - at);
    reader->at += length > 0 ? length : 1;
    if (reader->body[at] == '\0')
        mend(reader, at, 1, "?", "a NUL character");
    else if (length == 0)
        mend(reader, at, 1, "?", "bytes that are no UTF-8");
}

/* From behind its first quote to behind its last. */
static void read_string(struct reader *reader) {
    while (reader->at < reader->size && reader->body[reader->at] != '"') {
        if (reader->body[reader->at] == '\\')
            read_escape(reader);
        else
            read_character(reader);
    }
    reader->at++;
}

static void read_string_or_name(struct reader *reader) {
    struct level *level = &reader->levels[reader->depth];
    size_t start = ++reader->at;
    if (reader->name_follows)
        level->name_size = 0;
    read_string(reader);
    if (!reader->name_follows)
        return;
    level->name_at = start;
    level->name_size = reader->at - 1 - start;
    reader->name_follows = false;
}

/* ---- all else ---- */

static bool is_number(char byte) {
    return (byte >= '0' && byte <= '9') || byte == '-' || byte == '+' || byte == '.' ||
           byte == 'e' || byte == 'E';
}

static void read_number(struct reader *reader) {
    size_t start = reader->at;
    while (reader->at < reader->size && is_number(reader->body[reader->at]))
        reader->at++;
    if (reader->at - start > BODY_NUMBER_BYTES)
        mend(reader, start, reader->at - start, "0", "a number of more than 60 characters");
}

static bool opens(char byte) {
    return byte == '{' || byte == '[';
}

static bool closes(char byte) {
    return byte == '}' || byte == ']';
}

/* Passes over a value that begins too deep. */
static void read_deep(struct reader *reader) {
    size_t start = reader->at, open = 0;
    do {
        char byte = reader->body[reader->at++];
        if (byte == '"')
            read_string(reader);
        else if (opens(byte))
            open++;
        else if (closes(byte))
            open--;
    } while (open > 0 && reader->at < reader->size);
    size_t end = reader->at < reader->size ? reader->at : reader->size;
    mend(reader, start, end - start, "0", "values nested deeper than 500");
}

static void read_opening(struct reader *reader) {
    if (reader->depth == BODY_DEPTH) {
        read_deep(reader);
        return;
    }
    bool is_object = reader->body[reader->at++] == '{';
    reader->levels[++reader->depth] = (struct level){.is_object = is_object};
    reader->name_follows = is_object;
}

static void read_mark(struct reader *reader) {
    char byte = reader->body[reader->at++];
    if (closes(byte) && reader->depth > 0)
        reader->depth--;
    reader->name_follows = byte == ',' && reader->levels[reader->depth].is_object;
}

char *body_mend(const char *body, size_t size, struct body_flaw *flaw) {
    struct reader reader = {.body = body, .size = size, .flaw = flaw};
    *flaw = (struct body_flaw){0};
    while (reader.at < size) {
        if (body[reader.at] == '"')
            read_string_or_name(&reader);
        else if (opens(body[reader.at]))
            read_opening(&reader);
        else if (is_number(body[reader.at]))
            read_number(&reader);
        else
            read_mark(&reader);
    }
    return reader.mended;
}
