/* SPDX-License-Identifier: MIT */
#include "message_text.h"

#include "byte_run.h"
#include "digits.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Up to what a double holds exactly. */
static bool is_whole(const cJSON *item, int64_t *number) {
    const double limit = (double)(INT64_C(1) << 53);
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= -limit && item->valuedouble <= limit))
        return false;
    *number = (int64_t)item->valuedouble;
    return (double)*number == item->valuedouble;
}

/* In the place of what it was. */
static void become_raw(cJSON *item, char *text) {
    if (cJSON_IsString(item))
        cJSON_free(item->valuestring);
    item->valuestring = text;
    item->type = (item->type & ~0xff) | cJSON_Raw;
}

/* Without memory it stays a number, which cJSON prints. */
static void write(cJSON *item, int64_t number) {
    char digits[DIGITS_BYTES + 1], *end = digits + DIGITS_BYTES;
    const char *first = digits_put_signed(end, number);
    *end = '\0';
    size_t size = (size_t)(end + 1 - first);
    char *text = cJSON_malloc(size);
    if (text == NULL)
        return;
    memcpy(text, first, size);
    become_raw(item, text);
}

/* ---- long texts: cJSON looks at them byte by byte, twice ---- */

enum { LONG_BYTES = 64, ESCAPE_BYTES = 6 };

static char *write_escape(char *to, unsigned char byte) {
    static const char letters['\\' + 1] = {['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
                                           ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't'};
    const char *hex = "0123456789abcdef";
    *to++ = '\\';
    if (letters[byte] != '\0') {
        *to++ = letters[byte];
        return to;
    }
    const char code[] = {'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    memcpy(to, code, sizeof code);
    return to + sizeof code;
}

/* How many bytes have to be escaped at most: behind the end some may be counted. */
static size_t most_special(const char *text, size_t size) {
    size_t count = 0;
    for (size_t at = 0; at < size; at += BYTE_RUN_WORD)
        count += byte_run_count(byte_run_special(byte_run_next(text + at, size - at)));
    return count;
}

/* Each word is copied as it is, and the next goes over what of it was special. */
static char *write_escaped(char *to, const char *text, size_t size) {
    for (size_t at = 0; at < size;) {
        uint64_t word = byte_run_next(text + at, size - at);
        size_t plain = byte_run_before(byte_run_special(word));
        memcpy(to, &word, sizeof word);
        to += plain;
        at += plain;
        if (plain < sizeof word && at < size)
            to = write_escape(to, (unsigned char)text[at++]);
    }
    return to;
}

/* Without memory it stays a text, which cJSON prints. */
static void write_text(cJSON *item, size_t size) {
    const char *from = item->valuestring;
    size_t escaped = size + most_special(from, size) * (ESCAPE_BYTES - 1);
    char *text = cJSON_malloc(escaped + BYTE_RUN_WORD + 3), *to = text;
    if (text == NULL)
        return;
    *to++ = '"';
    to = write_escaped(to, from, size);
    *to++ = '"';
    *to = '\0';
    become_raw(item, text);
}

/* ---- all of a message ---- */

static size_t text_bytes(const char *text) {
    return text != NULL ? strlen(text) : 0;
}

/* How many bytes it then has to print. */
static size_t write_value(cJSON *item) {
    int64_t number;
    if (is_whole(item, &number))
        write(item, number);
    size_t size = text_bytes(item->valuestring);
    if (!cJSON_IsString(item) || (item->type & cJSON_IsReference) != 0 || size < LONG_BYTES)
        return size;
    write_text(item, size);
    return text_bytes(item->valuestring);
}

/* How many bytes all takes then, if little of the others has to be escaped. */
static size_t write_values(cJSON *json) {
    enum { MARKS = 8 }; /* quotes, a colon and a comma, brackets; a word */
    size_t bytes = 0;
    cJSON *item;
    cJSON_ArrayForEach(item, json) {
        bytes += text_bytes(item->string) + write_value(item) + MARKS;
        bytes += write_values(item);
    }
    return bytes;
}

/* cJSON doubles what it writes to as it grows, and copies all of it each time. */
char *message_text(cJSON *message) {
    size_t bytes = write_values(message), room = bytes + bytes / 32 + 64;
    return cJSON_PrintBuffered(message, room < INT_MAX ? (int)room : INT_MAX, false);
}
