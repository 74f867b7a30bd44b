/* SPDX-License-Identifier: MIT */
#include "arguments.h"

const cJSON *arguments_get(const cJSON *arguments, const char *name) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(arguments, name);
    return cJSON_IsNull(item) ? NULL : item;
}

int arguments_count(const cJSON *arguments, const char *name, int absent) {
    const cJSON *item = arguments_get(arguments, name);
    return cJSON_IsNumber(item) ? item->valueint : absent;
}

/* JSON's numbers are exact up to 2^53, and can be as large as 1e308. */
uint64_t arguments_bytes(const cJSON *arguments, const char *name) {
    const cJSON *item = arguments_get(arguments, name);
    double number = cJSON_IsNumber(item) ? item->valuedouble : -1;
    return number >= 0 && number <= 0x1p53 ? (uint64_t)number : UINT64_MAX;
}

const char *arguments_text(const cJSON *arguments, const char *name) {
    return cJSON_GetStringValue(arguments_get(arguments, name));
}

bool arguments_flag(const cJSON *arguments, const char *name) {
    return cJSON_IsTrue(arguments_get(arguments, name));
}
