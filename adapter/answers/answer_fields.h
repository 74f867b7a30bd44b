/* SPDX-License-Identifier: MIT */
/*
 * answer_fields: members of what a program has told of its heap. It may have written anything: what
 * is missing, or is none, is nothing.
 */
#ifndef LUAHEAT_ADAPTER_ANSWER_FIELDS_H
#define LUAHEAT_ADAPTER_ANSWER_FIELDS_H

#include <cJSON.h>
#include <stdint.h>
#include <string.h>

/* From 0 to 2^53; else 0. */
static inline uint64_t answer_number(const cJSON *json, const char *name) {
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(json, name);
    double value = cJSON_IsNumber(number) ? number->valuedouble : 0;
    return value > 0 && value < 9007199254740992.0 ? (uint64_t)value : 0;
}

/* The caller's to free(); of what is missing the fallback, which may be NULL. NULL too if memory is
   out. */
static inline char *answer_text(const cJSON *json, const char *name, const char *fallback) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    text = text != NULL ? text : fallback;
    return text != NULL ? strdup(text) : NULL;
}

#endif
