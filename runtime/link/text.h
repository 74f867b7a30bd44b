/* SPDX-License-Identifier: MIT */
/*
 * text: Lua's strings are bytes, JSON's are Unicode; this is the only bridge. Not for display
 * widths.
 */
#ifndef LUAHEAT_LINK_TEXT_H
#define LUAHEAT_LINK_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* The digits of \xNN. */
#define TEXT_HEX "0123456789ABCDEF"

/* The bytes as valid UTF-8 without NUL: valid sequences stay, NUL and every byte that is not part
   of a valid sequence become \xNN. Result: NUL-terminated, the caller's to free(); NULL if memory
   is out. */
char *text_escape(const char *bytes, size_t size);

/* Length in bytes (1-4) of the valid UTF-8 sequence that starts at bytes, 0 if none does. Overlong
   forms and surrogates are invalid (RFC 3629). */
size_t text_sequence(const char *bytes, size_t size);

/* How many of the bytes to keep if no more than `most` are wanted: a valid sequence that lies
   across that border is left out whole. */
size_t text_cut(const char *bytes, size_t size, size_t most);

/* May the byte stand in a name of Lua's, whatever locale the program has set? */
static inline bool text_in_name(char byte) {
    return ((byte | 32) >= 'a' && (byte | 32) <= 'z') || (byte >= '0' && byte <= '9') ||
           byte == '_';
}

/* Is all of it valid UTF-8? NUL counts as valid here. */
bool text_valid(const char *bytes, size_t size);

#endif
