/* SPDX-License-Identifier: MIT */
#include "string_builder.h"

#include "array.h"
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void string_builder_finish(struct string_builder *builder) {
    free(builder->text);
    *builder = (struct string_builder){0};
}

const char *string_builder_text(const struct string_builder *builder) {
    return builder->text != NULL ? builder->text : "";
}

/* And for a NUL. */
static bool make_room(struct string_builder *builder, size_t more) {
    return builder->room - builder->size > more ||
           array_enlarge(&builder->text, &builder->room, builder->size, more + 1, 1);
}

static void add(struct string_builder *builder, const char *bytes, size_t size) {
    if (!make_room(builder, size))
        return;
    memcpy(builder->text + builder->size, bytes, size);
    builder->size += size;
    builder->text[builder->size] = '\0';
}

void string_builder_print(struct string_builder *builder, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0 || !make_room(builder, (size_t)size))
        return;
    va_start(arguments, format);
    vsnprintf(builder->text + builder->size, (size_t)size + 1, format, arguments);
    va_end(arguments);
    builder->size += (size_t)size;
}

void string_builder_escape(struct string_builder *builder, const char *bytes, size_t size) {
    char *text = text_escape(bytes, size);
    if (text != NULL)
        add(builder, text, strlen(text));
    free(text);
}

void string_builder_excerpt(struct string_builder *builder, const char *bytes, size_t size,
                            size_t most) {
    size_t kept = text_cut(bytes, size, most);
    string_builder_escape(builder, bytes, kept);
    if (kept < size)
        string_builder_print(builder, "… (%zu bytes)", size);
}

/* One character, or one byte that is none, as it stands in a literal: `piece` has room for 4 bytes
   and a NUL. Returns how many bytes of the input it is. */
static size_t literal_piece(const char *bytes, size_t size, char *piece) {
    static const char plain[] = "\n\t\r\a\b\f\v\"\\", letters[] = "ntrabfv\"\\";
    unsigned char first = (unsigned char)*bytes;
    const char *named = first != '\0' ? strchr(plain, first) : NULL;
    size_t length = text_sequence(bytes, size);
    if (named != NULL) {
        sprintf(piece, "\\%c", letters[named - plain]);
        return 1;
    }
    if (length == 0 || first < ' ' || first == 0x7f) {
        sprintf(piece, "\\x%02X", first);
        return 1;
    }
    memcpy(piece, bytes, length);
    piece[length] = '\0';
    return length;
}

/* How many bytes stand for themselves in a literal, up to the first that may not. */
static size_t plain_run(const char *bytes, size_t size) {
    size_t run = 0;
    while (run < size && bytes[run] >= ' ' && bytes[run] < 0x7f && bytes[run] != '"' &&
           bytes[run] != '\\')
        run++;
    return run;
}

bool string_builder_quote(struct string_builder *builder, const char *bytes, size_t size,
                          size_t most) {
    size_t start = builder->size;
    add(builder, "\"", 1);
    for (size_t i = 0; i < size;) {
        char piece[5];
        size_t used = builder->size - start, room = used < most ? most - used : 0;
        size_t run = plain_run(bytes + i, size - i < room ? size - i : room);
        if (run > 0) {
            add(builder, bytes + i, run);
            i += run;
            continue;
        }
        i += literal_piece(bytes + i, size - i, piece);
        if (builder->size - start + strlen(piece) > most) {
            string_builder_print(builder, "…\"");
            return false;
        }
        add(builder, piece, strlen(piece));
    }
    add(builder, "\"", 1);
    return true;
}
