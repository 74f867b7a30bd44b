/* SPDX-License-Identifier: MIT */
#include "contract_check.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A list holds items of one type. */
static const enum contract_type item_types[] = {[CONTRACT_TEXTS] = CONTRACT_TEXT,
                                                [CONTRACT_COUNTS] = CONTRACT_COUNT,
                                                [CONTRACT_OBJECTS] = CONTRACT_OBJECT};

static bool is_list(enum contract_type type) {
    return type == CONTRACT_TEXTS || type == CONTRACT_COUNTS || type == CONTRACT_OBJECTS;
}

static const char *name_type(enum contract_type type) {
    switch (type) {
    case CONTRACT_TEXT:
        return "a string";
    case CONTRACT_FLAG:
        return "true or false";
    case CONTRACT_NUMBER:
    case CONTRACT_COUNT:
        return "a number";
    case CONTRACT_OBJECT:
        return "an object";
    default:
        return "an array";
    }
}

static const char *name_items(enum contract_type type) {
    return type == CONTRACT_TEXTS ? "strings" : type == CONTRACT_COUNTS ? "numbers" : "objects";
}

const char *contract_type_of(const cJSON *value) {
    if (cJSON_IsString(value))
        return "a string";
    if (cJSON_IsNumber(value))
        return "a number";
    if (cJSON_IsBool(value))
        return "true or false";
    if (cJSON_IsArray(value))
        return "an array";
    return cJSON_IsObject(value) ? "an object" : "null";
}

static bool is_count(const cJSON *value) {
    return value->valuedouble >= 0 && value->valuedouble <= INT_MAX &&
           value->valuedouble == floor(value->valuedouble);
}

static bool has_type(enum contract_type type, const cJSON *value) {
    switch (type) {
    case CONTRACT_TEXT:
        return cJSON_IsString(value);
    case CONTRACT_FLAG:
        return cJSON_IsBool(value);
    case CONTRACT_NUMBER:
    case CONTRACT_COUNT:
        return cJSON_IsNumber(value);
    case CONTRACT_OBJECT:
        return cJSON_IsObject(value);
    default:
        return cJSON_IsArray(value);
    }
}

static const cJSON *find(const cJSON *object, const char *name) {
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNull(value) ? NULL : value;
}

static bool check_object(const struct contract_member *member, const cJSON *object, int index,
                         char problem[CONTRACT_PROBLEM_BYTES]) {
    char inner[CONTRACT_PROBLEM_BYTES];
    if (member->members == NULL || contract_check(member->members, object, inner))
        return true;
    if (index < 0)
        snprintf(problem, CONTRACT_PROBLEM_BYTES, "In '%s': %.180s", member->name, inner);
    else
        snprintf(problem, CONTRACT_PROBLEM_BYTES, "In '%s[%d]': %.180s", member->name, index,
                 inner);
    return false;
}

static bool check_item(const struct contract_member *member, const cJSON *item, int index,
                       char problem[CONTRACT_PROBLEM_BYTES]) {
    enum contract_type type = item_types[member->type];
    if (!has_type(type, item) || (type == CONTRACT_COUNT && !is_count(item))) {
        snprintf(problem, CONTRACT_PROBLEM_BYTES, "'%s' must hold %s, not %s", member->name,
                 name_items(member->type), contract_type_of(item));
        return false;
    }
    return type != CONTRACT_OBJECT || check_object(member, item, index, problem);
}

static bool check_value(const struct contract_member *member, const cJSON *value,
                        char problem[CONTRACT_PROBLEM_BYTES]) {
    const cJSON *item;
    int index = 0;
    if (!has_type(member->type, value)) {
        snprintf(problem, CONTRACT_PROBLEM_BYTES, "'%s' must be %s, not %s", member->name,
                 name_type(member->type), contract_type_of(value));
        return false;
    }
    if (member->type == CONTRACT_COUNT && !is_count(value)) {
        snprintf(problem, CONTRACT_PROBLEM_BYTES, "'%s' must be a whole number from 0 to %d",
                 member->name, INT_MAX);
        return false;
    }
    if (is_list(member->type))
        cJSON_ArrayForEach(item, value) {
            if (!check_item(member, item, index++, problem))
                return false;
        }
    return member->type != CONTRACT_OBJECT || check_object(member, value, -1, problem);
}

bool contract_check(const struct contract_member *members, const cJSON *object,
                    char problem[CONTRACT_PROBLEM_BYTES]) {
    for (const struct contract_member *member = members; member->name != NULL; member++) {
        const cJSON *value = find(object, member->name);
        if (value == NULL && member->required) {
            snprintf(problem, CONTRACT_PROBLEM_BYTES, "'%s' is missing; it must be %s",
                     member->name, name_type(member->type));
            return false;
        }
        if (value != NULL && !check_value(member, value, problem))
            return false;
    }
    return true;
}

/* NULL: there is none. */
static const struct contract_member *member_named(const struct contract_member *members,
                                                  const char *name) {
    for (; members->name != NULL; members++)
        if (name != NULL && strcmp(members->name, name) == 0)
            return members;
    return NULL;
}

static void keep_inside(const struct contract_member *member, cJSON *value) {
    cJSON *item;
    if (member->members == NULL)
        return;
    if (member->type == CONTRACT_OBJECT)
        contract_keep(member->members, value);
    else
        cJSON_ArrayForEach(item, value) contract_keep(member->members, item);
}

void contract_keep(const struct contract_member *members, cJSON *object) {
    cJSON *next;
    for (cJSON *value = object != NULL ? object->child : NULL; value != NULL; value = next) {
        const struct contract_member *member = member_named(members, value->string);
        next = value->next;
        if (member != NULL)
            keep_inside(member, value);
        else
            cJSON_Delete(cJSON_DetachItemViaPointer(object, value));
    }
}

static bool covers_value(const struct contract_member *member, const cJSON *value) {
    const cJSON *item;
    if (!has_type(member->type, value))
        return false;
    if (member->type == CONTRACT_OBJECT)
        return member->members == NULL || contract_covers(member->members, value);
    if (is_list(member->type))
        cJSON_ArrayForEach(item, value) {
            if (!has_type(item_types[member->type], item) ||
                (member->members != NULL && !contract_covers(member->members, item)))
                return false;
        }
    return true;
}

bool contract_covers(const struct contract_member *members, const cJSON *object) {
    const cJSON *value;
    cJSON_ArrayForEach(value, object) {
        const struct contract_member *member = member_named(members, value->string);
        if (member == NULL || !covers_value(member, value))
            return false;
    }
    return true;
}

/* Of code that a user has entered anything may come. */
bool contract_changes_values(const struct contract_request *request, const cJSON *arguments) {
    const cJSON *context = cJSON_GetObjectItemCaseSensitive(arguments, "context");
    bool entered = strcmp(request->command, "evaluate") == 0 && cJSON_IsString(context) &&
                   strcmp(context->valuestring, "repl") == 0;
    return request->changes_values || entered;
}
