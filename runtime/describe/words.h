/* SPDX-License-Identifier: MIT */
/*
 * words: a text being put together, always valid UTF-8 without NUL. What comes from Lua strings
 * goes in by words_escape or words_quote only.
 */
#ifndef LUAHEAT_DESCRIBE_WORDS_H
#define LUAHEAT_DESCRIBE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* All zero is the empty text. */
struct words {
    char *text; /* NUL-terminated; NULL while empty: see words_text */
    size_t size, room;
};

void words_finish(struct words *words);

/* The text so far; "" if it is empty. */
const char *words_text(const struct words *words);

/* Appends text that is valid UTF-8 (printf's format). If memory is out nothing is appended. */
void words_print(struct words *words, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends any bytes: those that are not UTF-8, and NUL, as \xNN (link/text.h). */
void words_escape(struct words *words, const char *bytes, size_t size);

/* The same of a text that may have any length and is only to be read: of more than `most` bytes the
   first ones, then "… (N bytes)". */
void words_excerpt(struct words *words, const char *bytes, size_t size, size_t most);

/* Enough of a name, and of a message, to be read. */
enum { WORDS_NAME_BYTES = 200, WORDS_MESSAGE_BYTES = 32 << 10 };

/* Appends any bytes as a string literal of Lua that stands for exactly them. If that takes more
   than `most` bytes, the literal ends early with a … before its last quote; false then. Takes time
   for what is written, not for what there is. */
bool words_quote(struct words *words, const char *bytes, size_t size, size_t most);

#endif
