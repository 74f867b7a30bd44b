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

enum { LONG_BYTES = 4096, ESCAPE_BYTES = 6 };

static size_t write_escape(char *to, unsigned char byte) {
    static const char named[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *found = strchr(named, byte);
    to[0] = '\\';
    if (found != NULL) {
        to[1] = letters[found - named];
        return 2;
    }
    const char *hex = "0123456789abcdef";
    memcpy(to + 1, "u00", 3);
    to[4] = hex[byte >> 4];
    to[5] = hex[byte & 15];
    return ESCAPE_BYTES;
}

static size_t count_special(const char *text, size_t size) {
    size_t count = 0;
    for (size_t at = byte_run_in_json(text, size); at < size;
         at += 1 + byte_run_in_json(text + at + 1, size - at - 1))
        count++;
    return count;
}

/* Without memory it stays a text, which cJSON prints. */
static void write_text(cJSON *item, size_t size) {
    const char *from = item->valuestring;
    char *text = cJSON_malloc(size + count_special(from, size) * (ESCAPE_BYTES - 1) + 3),
         *to = text;
    if (text == NULL)
        return;
    *to++ = '"';
    for (size_t at = 0; at < size;) {
        size_t run = byte_run_in_json(from + at, size - at);
        memcpy(to, from + at, run);
        to += run;
        at += run;
        if (at < size)
            to += write_escape(to, (unsigned char)from[at++]);
    }
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
