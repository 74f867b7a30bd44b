/* SPDX-License-Identifier: MIT */
#include "breakpoint_table.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

static void free_list(struct breakpoint *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        cJSON_Delete(list[i].asked);
    free(list);
}

void breakpoint_table_finish(struct breakpoint_table *table) {
    while (table->first != NULL) {
        struct breakpoint_set *source = table->first;
        table->first = source->next;
        cJSON_Delete(source->source);
        free_list(source->list, source->count);
        free(source);
    }
}

static bool same_field(const cJSON *a, const cJSON *b, const char *name) {
    const cJSON *of_a = cJSON_GetObjectItemCaseSensitive(a, name);
    const cJSON *of_b = cJSON_GetObjectItemCaseSensitive(b, name);
    return (of_a == NULL && of_b == NULL) || cJSON_Compare(of_a, of_b, true);
}

static bool same_source(const cJSON *a, const cJSON *b) {
    if (a == NULL || b == NULL)
        return a == b;
    const cJSON *reference = cJSON_GetObjectItemCaseSensitive(a, "sourceReference");
    bool has_reference = cJSON_IsNumber(reference) && reference->valuedouble > 0;
    return same_field(a, b, has_reference ? "sourceReference" : "path");
}

static struct breakpoint_set *find_or_add(struct breakpoint_table *table, const char *command,
                                          const cJSON *source) {
    struct breakpoint_set *at = table->first;
    while (at != NULL && (strcmp(at->command, command) != 0 || !same_source(at->source, source)))
        at = at->next;
    if (at != NULL)
        return at;
    at = alloc_zeroed(1, sizeof *at);
    at->command = command;
    at->source = source != NULL ? alloc_checked(cJSON_Duplicate(source, true)) : NULL;
    at->next = table->first;
    table->first = at;
    return at;
}

/* What makes a breakpoint the same one, whatever its condition. */
static const char *const place_names[] = {"line", "column", "name", "dataId"};
enum { PLACE_NAMES = sizeof place_names / sizeof place_names[0] };

static bool same_place(const cJSON *a, const cJSON *b) {
    for (size_t i = 0; i < PLACE_NAMES; i++)
        if (!same_field(a, b, place_names[i]))
            return false;
    return true;
}

/* Equal for the same place: a list of thousands is compared with another one by it. FNV-1a. */
static uint32_t hash_place(const cJSON *asked) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < PLACE_NAMES; i++) {
        const cJSON *field = cJSON_GetObjectItemCaseSensitive(asked, place_names[i]);
        const char *text = cJSON_IsString(field) ? field->valuestring : "";
        for (; *text != '\0'; text++)
            hash = (hash ^ (unsigned char)*text) * 16777619u;
        hash = (hash ^ (uint32_t)(cJSON_IsNumber(field) ? field->valueint : 0)) * 16777619u;
    }
    return hash;
}

static bool is_kept(const struct breakpoint *old, const struct breakpoint *one, bool entirely) {
    if (old->id == 0 || old->place != one->place)
        return false;
    return entirely ? cJSON_Compare(old->asked, one->asked, true)
                    : same_place(old->asked, one->asked);
}

/* Gives the new ones the ids of old ones. Each serves once: two breakpoints may stand on one line.
   Those that are the same in all choose first. Most stand where they stood: each is looked for from
   behind the one before it. */
static void keep_ids(struct breakpoint_set *set, struct breakpoint *list, size_t count,
                     bool entirely) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < set->count && list[i].id == 0; j++) {
            struct breakpoint *old = &set->list[(at + j) % set->count];
            if (!is_kept(old, &list[i], entirely))
                continue;
            list[i].id = old->id;
            old->id = 0;
            at = (at + j + 1) % set->count;
        }
    }
}

const struct breakpoint_set *breakpoint_table_replace(struct breakpoint_table *table,
                                                      const char *command, const cJSON *source,
                                                      const cJSON *asked) {
    struct breakpoint_set *set = find_or_add(table, command, source);
    size_t count = (size_t)cJSON_GetArraySize(asked), i = 0;
    struct breakpoint *list = alloc_zeroed(count, sizeof *list);
    const cJSON *one;
    cJSON_ArrayForEach(one, asked) {
        list[i].asked = alloc_checked(cJSON_Duplicate(one, true));
        list[i++].place = hash_place(one);
    }
    keep_ids(set, list, count, true);
    keep_ids(set, list, count, false);
    for (i = 0; i < count; i++)
        if (list[i].id == 0)
            list[i].id = ++table->last_id;
    free_list(set->list, set->count);
    set->list = list;
    set->count = count;
    return set;
}

bool breakpoint_table_has(const struct breakpoint_table *table, int id) {
    for (const struct breakpoint_set *at = table->first; at != NULL; at = at->next)
        for (size_t i = 0; i < at->count; i++)
            if (at->list[i].id == id)
                return true;
    return false;
}
