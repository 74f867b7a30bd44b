/* SPDX-License-Identifier: MIT */
#include "message_text.h"

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
    item->valuestring = text;
    item->type = (item->type & ~0xff) | cJSON_Raw;
}

static size_t text_bytes(const char *text) {
    return text != NULL ? strlen(text) : 0;
}

/* How many bytes it takes then, if little has to be escaped. */
static size_t write_numbers(cJSON *json) {
    enum { MARKS = 8 }; /* quotes, a colon and a comma, brackets; a word */
    size_t bytes = 0;
    cJSON *item;
    int64_t number;
    cJSON_ArrayForEach(item, json) {
        if (is_whole(item, &number))
            write(item, number);
        else
            bytes += write_numbers(item);
        bytes += text_bytes(item->string) + text_bytes(item->valuestring) + MARKS;
    }
    return bytes;
}

/* cJSON doubles what it writes to as it grows, and copies all of it each time. */
char *message_text(cJSON *message) {
    size_t bytes = write_numbers(message), room = bytes + bytes / 32 + 64;
    return cJSON_PrintBuffered(message, room < INT_MAX ? (int)room : INT_MAX, false);
}
