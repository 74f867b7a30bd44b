/* SPDX-License-Identifier: MIT */
#include "json_numbers.h"

#include <inttypes.h>
#include <stdio.h>

enum { DIGITS = 24 };

bool json_add_number(cJSON *object, const char *name, uint64_t number) {
    char digits[DIGITS];
    snprintf(digits, sizeof digits, "%" PRIu64, number);
    return cJSON_AddRawToObject(object, name, digits) != NULL;
}

bool json_add_signed(cJSON *object, const char *name, int64_t number) {
    char digits[DIGITS];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    return cJSON_AddRawToObject(object, name, digits) != NULL;
}

bool json_append_signed(cJSON *array, int64_t number) {
    char digits[DIGITS];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    cJSON *raw = cJSON_CreateRaw(digits);
    return raw != NULL && cJSON_AddItemToArray(array, raw);
}
