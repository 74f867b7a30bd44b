/* SPDX-License-Identifier: MIT */
/*
 * string_builder: a text being put together, always valid UTF-8 without NUL. What comes from Lua
 * strings goes in by string_builder_escape or string_builder_quote only.
 */
#ifndef LUAHEAT_DESCRIBE_STRING_BUILDER_H
#define LUAHEAT_DESCRIBE_STRING_BUILDER_H

#include <stdbool.h>
#include <stddef.h>

/* All zero is the empty text. */
struct string_builder {
    char *text; /* NUL-terminated; NULL while empty: see string_builder_text */
    size_t size, room;
};

void string_builder_finish(struct string_builder *builder);

/* The text so far; "" if it is empty. */
const char *string_builder_text(const struct string_builder *builder);

/* Appends text that is valid UTF-8 (printf's format). If memory is out nothing is appended. */
void string_builder_print(struct string_builder *builder, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends any bytes: those that are not UTF-8, and NUL, as \xNN (link/text.h). */
void string_builder_escape(struct string_builder *builder, const char *bytes, size_t size);

/* The same of a text that may have any length and is only to be read: of more than `most` bytes the
   first ones, then "… (N bytes)". */
void string_builder_excerpt(struct string_builder *builder, const char *bytes, size_t size,
                            size_t most);

/* Enough of a name, and of a message, to be read. */
enum { STRING_BUILDER_NAME_BYTES = 200, STRING_BUILDER_MESSAGE_BYTES = 32 << 10 };

/* Appends any bytes as a string literal of Lua that stands for exactly them. If that takes more
   than `most` bytes, the literal ends early with a … before its last quote; false then. Takes time
   for what is written, not for what there is. */
bool string_builder_quote(struct string_builder *builder, const char *bytes, size_t size,
                          size_t most);

#endif
