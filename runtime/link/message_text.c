/* SPDX-License-Identifier: MIT */
#include "message_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { DIGITS = 18 }; /* sign and NUL included */

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
    char digits[DIGITS], *first = digits + sizeof digits - 1;
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
    *first = '\0';
    do
        *--first = (char)('0' + left % 10);
    while ((left /= 10) != 0);
    if (number < 0)
        *--first = '-';
    size_t size = (size_t)(digits + sizeof digits - first);
    char *text = cJSON_malloc(size);
    if (text == NULL)
        return;
    memcpy(text, first, size);
    item->valuestring = text;
    item->type = (item->type & ~0xff) | cJSON_Raw;
}

static void write_numbers(cJSON *json) {
    cJSON *item;
    int64_t number;
    cJSON_ArrayForEach(item, json) {
        if (is_whole(item, &number))
            write(item, number);
        else
            write_numbers(item);
    }
}

char *message_text(cJSON *message) {
    write_numbers(message);
    return cJSON_PrintUnformatted(message);
}
