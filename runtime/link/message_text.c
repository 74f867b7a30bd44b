/* SPDX-License-Identifier: MIT */
#include "message_text.h"

#include "digits.h"

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
