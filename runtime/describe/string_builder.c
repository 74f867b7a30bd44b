/* SPDX-License-Identifier: MIT */
#include "string_builder.h"

#include "array.h"
#include "byte_run.h"
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

/* How many bytes it takes; they are written if there is room for them and a NUL. */
static int print_into(struct string_builder *builder, const char *format, va_list arguments) {
    size_t room = builder->room - builder->size;
    return vsnprintf(room > 0 ? builder->text + builder->size : NULL, room, format, arguments);
}

void string_builder_print(struct string_builder *builder, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int size = print_into(builder, format, arguments);
    va_end(arguments);
    if (size >= 0 && (size_t)size >= builder->room - builder->size) {
        bool larger = make_room(builder, (size_t)size);
        va_start(arguments, format);
        size = larger ? print_into(builder, format, arguments) : -1;
        va_end(arguments);
    }
    if (size > 0)
        builder->size += (size_t)size;
    else if (builder->text != NULL)
        builder->text[builder->size] = '\0'; /* what did not fit has left its beginning */
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

/* One character, or one byte that is none, as it stands in a literal. */
struct piece {
    char bytes[4];
    size_t size;
    size_t taken; /* bytes of the input that it is */
};

static struct piece literal_piece(const char *bytes, size_t size) {
    static const char plain[] = "\n\t\r\a\b\f\v\"\\", letters[] = "ntrabfv\"\\";
    unsigned char first = (unsigned char)*bytes;
    const char *named = first != '\0' ? strchr(plain, first) : NULL;
    size_t length = text_sequence(bytes, size);
    struct piece piece = {.size = length, .taken = length};
    if (named != NULL)
        return (struct piece){{'\\', letters[named - plain]}, 2, 1};
    if (length == 0 || first < ' ' || first == 0x7f)
        return (struct piece){{'\\', 'x', TEXT_HEX[first >> 4], TEXT_HEX[first & 15]}, 4, 1};
    memcpy(piece.bytes, bytes, length);
    return piece;
}

/* How many bytes stand for themselves in a literal, up to the first that may not. */
static size_t plain_run(const char *bytes, size_t size) {
    size_t run = 0, length;
    do {
        run += byte_run(bytes + run, size - run, byte_run_unprinted);
        length =
            run < size && (bytes[run] & 0x80) != 0 ? text_sequence(bytes + run, size - run) : 0;
        run += length;
    } while (length > 0);
    return run;
}

bool string_builder_quote(struct string_builder *builder, const char *bytes, size_t size,
                          size_t most) {
    size_t start = builder->size;
    add(builder, "\"", 1);
    for (size_t i = 0; i < size;) {
        size_t used = builder->size - start, room = used < most ? most - used : 0;
        size_t run = plain_run(bytes + i, size - i < room ? size - i : room);
        if (run > 0) {
            add(builder, bytes + i, run);
            i += run;
            continue;
        }
        struct piece piece = literal_piece(bytes + i, size - i);
        if (builder->size - start + piece.size > most) {
            string_builder_print(builder, "…\"");
            return false;
        }
        add(builder, piece.bytes, piece.size);
        i += piece.taken;
    }
    add(builder, "\"", 1);
    return true;
}
