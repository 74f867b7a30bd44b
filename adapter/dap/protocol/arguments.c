/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include "alloc.h"
#include "contract_check.h"
#include "message.h"
#include "units.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void arguments_drop_nulls(cJSON *json) {
    cJSON *next;
    for (cJSON *item = json != NULL ? json->child : NULL; item != NULL; item = next) {
        next = item->next;
        bool is_env = item->string != NULL && strcmp(item->string, "env") == 0;
        if (cJSON_IsNull(item) && cJSON_IsObject(json))
            cJSON_Delete(cJSON_DetachItemViaPointer(json, item));
        else if (!is_env)
            arguments_drop_nulls(item);
    }
}

struct arguments arguments_of(const cJSON *object) {
    return (struct arguments){.object = object, .error = ERROR_BAD_ARGUMENTS};
}

void arguments_finish(struct arguments *arguments) {
    free(arguments->problem);
    arguments->problem = NULL;
}

void arguments_reject(struct arguments *arguments, const char *format, ...) {
    if (arguments->problem != NULL)
        return;
    va_list values;
    va_start(values, format);
    int length = vasprintf(&arguments->problem, format, values);
    va_end(values);
    alloc_checked(length < 0 ? NULL : arguments->problem);
}

static void note_name(struct arguments *arguments, const char *name) {
    for (size_t i = 0; i < arguments->name_count; i++)
        if (strcmp(arguments->names[i], name) == 0)
            return;
    assert(arguments->name_count < ARGUMENTS_NAMES);
    if (arguments->name_count < ARGUMENTS_NAMES)
        arguments->names[arguments->name_count++] = name;
}

const cJSON *arguments_any(struct arguments *arguments, const char *name) {
    note_name(arguments, name);
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(arguments->object, name);
    return cJSON_IsNull(value) ? NULL : value;
}

static void reject_type(struct arguments *arguments, const char *name, const char *wanted,
                        const cJSON *value) {
    arguments_reject(arguments, "'%s' must be %s, not %s", name, wanted, contract_type_of(value));
}

const char *arguments_string(struct arguments *arguments, const char *name, const char *fallback) {
    const cJSON *value = arguments_any(arguments, name);
    if (value == NULL)
        return fallback;
    if (cJSON_IsString(value))
        return value->valuestring;
    reject_type(arguments, name, "a string", value);
    return fallback;
}

bool arguments_flag(struct arguments *arguments, const char *name, bool fallback) {
    const cJSON *value = arguments_any(arguments, name);
    if (value == NULL)
        return fallback;
    if (cJSON_IsBool(value))
        return cJSON_IsTrue(value);
    reject_type(arguments, name, "true or false", value);
    return fallback;
}

int64_t arguments_integer(struct arguments *arguments, const char *name, int64_t fallback,
                          int64_t min, int64_t max) {
    const cJSON *value = arguments_any(arguments, name);
    int64_t integer;
    if (value == NULL)
        return fallback;
    if (!cJSON_IsNumber(value))
        reject_type(arguments, name, "a number", value);
    else if (!message_integer(value, &integer) || integer < min || integer > max)
        arguments_reject(arguments, "'%s' must be a whole number from %" PRId64 " to %" PRId64,
                         name, min, max);
    else
        return integer;
    return fallback;
}

int64_t arguments_required_bytes(struct arguments *arguments, const char *name, int64_t least,
                                 const char *example) {
    const cJSON *value = arguments_any(arguments, name);
    int64_t bytes = 0;
    bool read = cJSON_IsString(value) ? units_parse_bytes(value->valuestring, &bytes) == 0
                                      : message_integer(value, &bytes);
    if (!read || bytes < least)
        arguments_reject(arguments, "'%s' must be a number of bytes, or a size such as \"%s\"",
                         name, example);
    return bytes;
}

const cJSON *arguments_object(struct arguments *arguments, const char *name) {
    const cJSON *value = arguments_any(arguments, name);
    if (value == NULL || cJSON_IsObject(value))
        return value;
    reject_type(arguments, name, "an object", value);
    return NULL;
}

const cJSON *arguments_array(struct arguments *arguments, const char *name) {
    const cJSON *value = arguments_any(arguments, name);
    if (value == NULL || cJSON_IsArray(value))
        return value;
    reject_type(arguments, name, "an array", value);
    return NULL;
}

const char *arguments_required_string(struct arguments *arguments, const char *name) {
    const char *value = arguments_string(arguments, name, "");
    if (arguments_any(arguments, name) == NULL)
        arguments_reject(arguments, "'%s' is missing; it must be a string", name);
    return value;
}

int64_t arguments_required_id(struct arguments *arguments, const char *name) {
    if (arguments_any(arguments, name) == NULL)
        arguments_reject(arguments, "'%s' is missing; it must be a number", name);
    return arguments_integer(arguments, name, 0, 0, ARGUMENTS_MAX_ID);
}
