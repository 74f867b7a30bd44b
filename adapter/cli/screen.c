/* SPDX-License-Identifier: MIT */
#include "screen.h"

#include "text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const char ellipsis[] = "…";

const char *screen_path(const struct screen *screen, const char *path) {
    const char *folder = screen->cwd;
    size_t length = folder != NULL ? strlen(folder) : 0;
    if (length == 0 || strncmp(path, folder, length) != 0)
        return path;
    if (folder[length - 1] == '/')
        return path + length;
    return path[length] == '/' ? path + length + 1 : path;
}

/* The character at the beginning of valid UTF-8, and its bytes; *character 0: the text ends. */
static size_t decode(const char *text, utf8proc_int32_t *character) {
    return (size_t)utf8proc_iterate((const utf8proc_uint8_t *)text, -1, character);
}

static bool controls(utf8proc_int32_t character) {
    return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

/* Line and paragraph separators, marks and overrides of direction, byte order mark. */
static bool deceives(utf8proc_int32_t character) {
    return character == 0x061c || character == 0x200e || character == 0x200f ||
           (character >= 0x2028 && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xfeff;
}

static char *put_bytes(char *end, const char *bytes, size_t count) {
    for (size_t i = 0; i < count; i++)
        end += sprintf(end, "\\x%02X", (unsigned char)bytes[i]);
    return end;
}

static char *put(char *end, const char *bytes, size_t length) {
    utf8proc_int32_t character;
    utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, &character);
    if (character == '\t') {
        *end = ' ';
        return end + 1;
    }
    if (controls(character))
        return put_bytes(end, bytes, length);
    if (deceives(character))
        return end + sprintf(end, "\\u{%X}", (unsigned)character);
    memcpy(end, bytes, length);
    return end + length;
}

char *screen_escape(const char *bytes, size_t size) {
    size_t room = sizeof ellipsis;
    if (size > (SIZE_MAX - room) / 4)
        return NULL;
    char *text =
        malloc(size * 4 + room); /* no byte takes more than \xNN, no character more than 4 a byte */
    if (text == NULL)
        return NULL;
    char *end = text;
    for (size_t i = 0; i < size;) {
        size_t length = text_sequence(bytes + i, size - i);
        end = length == 0 ? put_bytes(end, bytes + i, 1) : put(end, bytes + i, length);
        i += length == 0 ? 1 : length;
    }
    *end = '\0';
    return text;
}

/* Bytes of what a reader takes for the character at text (a grapheme cluster), and its columns:
   with all that is joined to it no more than two. */
static size_t measure(const char *text, size_t *columns) {
    enum { AS_EMOJI = 0xfe0f };
    utf8proc_int32_t character, next, state = 0;
    size_t length = decode(text, &character), width = (size_t)utf8proc_charwidth(character);
    for (;;) {
        size_t more = decode(text + length, &next);
        if (next == 0 || utf8proc_grapheme_break_stateful(character, next, &state))
            break;
        width += next == AS_EMOJI ? 1 : (size_t)utf8proc_charwidth(next);
        length += more;
        character = next;
    }
    *columns = width < 2 ? width : 2;
    return length;
}

size_t screen_width(const char *text) {
    size_t total = 0, columns;
    while (*text != '\0') {
        text += measure(text, &columns);
        total += columns;
    }
    return total;
}

void screen_cut(char *text, size_t columns) {
    if (screen_width(text) <= columns)
        return;
    size_t used = 0, width;
    char *end = text;
    for (;;) {
        size_t length = measure(end, &width);
        if (used + width + 1 > columns)
            break;
        used += width;
        end += length;
    }
    const char *mark = columns > 0 ? ellipsis : "";
    memcpy(end, mark, strlen(mark) + 1);
}

void screen_cut_front(char *text, size_t columns) {
    size_t left = screen_width(text), width;
    if (left <= columns)
        return;
    char *start = text;
    while (*start != '\0' && left + 1 > columns) {
        start += measure(start, &width);
        left -= width;
    }
    size_t mark = columns > 0 ? strlen(ellipsis) : 0;
    memmove(text + mark, start, strlen(start) + 1);
    memcpy(text, ellipsis, mark);
}
