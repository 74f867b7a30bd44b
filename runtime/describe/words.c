/* SPDX-License-Identifier: MIT */
#include "words.h"

#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void words_finish(struct words *words) {
    free(words->text);
    *words = (struct words){0};
}

const char *words_text(const struct words *words) {
    return words->text != NULL ? words->text : "";
}

static bool make_room(struct words *words, size_t more) {
    if (words->room - words->size > more)
        return true;
    size_t room = words->room * 2 + more + 32;
    char *text = realloc(words->text, room);
    if (text == NULL)
        return false;
    words->text = text;
    words->room = room;
    return true;
}

static void add(struct words *words, const char *bytes, size_t size) {
    if (!make_room(words, size))
        return;
    memcpy(words->text + words->size, bytes, size);
    words->size += size;
    words->text[words->size] = '\0';
}

void words_print(struct words *words, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0 || !make_room(words, (size_t)size))
        return;
    va_start(arguments, format);
    vsnprintf(words->text + words->size, (size_t)size + 1, format, arguments);
    va_end(arguments);
    words->size += (size_t)size;
}

void words_escape(struct words *words, const char *bytes, size_t size) {
    char *text = text_escape(bytes, size);
    if (text != NULL)
        add(words, text, strlen(text));
    free(text);
}

void words_excerpt(struct words *words, const char *bytes, size_t size, size_t most) {
    size_t kept = text_cut(bytes, size, most);
    words_escape(words, bytes, kept);
    if (kept < size)
        words_print(words, "… (%zu bytes)", size);
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

bool words_quote(struct words *words, const char *bytes, size_t size, size_t most) {
    size_t start = words->size;
    add(words, "\"", 1);
    for (size_t i = 0; i < size;) {
        char piece[5];
        size_t used = words->size - start, room = used < most ? most - used : 0;
        size_t run = plain_run(bytes + i, size - i < room ? size - i : room);
        if (run > 0) {
            add(words, bytes + i, run);
            i += run;
            continue;
        }
        i += literal_piece(bytes + i, size - i, piece);
        if (words->size - start + strlen(piece) > most) {
            words_print(words, "…\"");
            return false;
        }
        add(words, piece, strlen(piece));
    }
    add(words, "\"", 1);
    return true;
}
