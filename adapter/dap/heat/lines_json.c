/* SPDX-License-Identifier: MIT */
#include "lines_json.h"

#include "alloc.h"
#include "array.h"
#include "rows_json.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static void add_keys(cJSON *array, enum columns_use use) {
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        cJSON_AddItemToArray(array, cJSON_CreateString(columns_table[*id].key));
}

static cJSON *columns_json(const struct lines *lines) {
    cJSON *keys = alloc_checked(cJSON_CreateArray());
    add_keys(keys, rows_json_columns(lines));
    if (lines->turnover_known)
        add_keys(keys, COLUMNS_TURNOVER);
    if (lines->stacks != 0)
        add_keys(keys, COLUMNS_WITH_CALLEES);
    return keys;
}

size_t lines_json_source_index(const struct lines_row *row) {
    return row->source < FIGURES_MAX_SOURCES ? row->source : FIGURES_MAX_SOURCES;
}

cJSON *lines_json_source(const struct figures *figures, const struct lines_row *row) {
    cJSON *source = alloc_checked(cJSON_CreateObject());
    const char *path = lines_path(figures, row);
    char *name = path != NULL ? alloc_checked(text_escape(path, strlen(path)))
                              : alloc_checked(lines_name(figures, row));
    const char *slash = path != NULL ? strrchr(name, '/') : NULL;
    cJSON_AddStringToObject(source, "name", slash != NULL ? slash + 1 : name);
    if (path != NULL)
        cJSON_AddStringToObject(source, "path", name);
    if (row->site < FIGURES_PSEUDO_SITES)
        cJSON_AddStringToObject(source, "presentationHint", "deemphasize");
    free(name);
    return source;
}

/* ---- rows, by their sources ---- */

struct group {
    struct group *next; /* in the order in which their first rows came */
    cJSON *source;
    ARRAY(const struct lines_row *) rows;
};

struct groups {
    struct group *first, **end;
    struct group **of_source; /* LINES_JSON_SOURCES of them, NULL where there is none yet */
};

static struct group *group_of(struct groups *groups, const struct figures *figures,
                              const struct lines_row *row) {
    struct group **group = &groups->of_source[lines_json_source_index(row)];
    if (*group == NULL) {
        *group = alloc_zeroed(1, sizeof **group);
        (*group)->source = lines_json_source(figures, row);
        *groups->end = *group;
        groups->end = &(*group)->next;
    }
    return *group;
}

/* And it is no more. */
static cJSON *group_json(struct group *group, const struct lines *lines, rows_json_function *write,
                         const struct positions *positions) {
    cJSON *json = alloc_checked(cJSON_CreateObject());
    cJSON_AddItemToObject(json, "source", group->source);
    cJSON_AddItemToObject(json, "rows",
                          write(lines, group->rows.items, group->rows.count, positions));
    free(group->rows.items);
    free(group);
    return json;
}

static cJSON *sources_json(const struct lines *lines, const struct figures *figures, size_t first,
                           size_t count, rows_json_function *write,
                           const struct positions *positions) {
    struct groups groups = {.end = &groups.first,
                            .of_source = alloc_zeroed(LINES_JSON_SOURCES, sizeof(struct group *))};
    cJSON *sources = alloc_checked(cJSON_CreateArray());
    for (size_t i = first; i < lines->count && i - first < count; i++) {
        const struct lines_row *row = &lines->rows[i];
        struct group *group = group_of(&groups, figures, row);
        alloc_reserve(&group->rows, 1);
        group->rows.items[group->rows.count++] = row;
    }
    while (groups.first != NULL) {
        struct group *group = groups.first;
        groups.first = group->next;
        cJSON_AddItemToArray(sources, group_json(group, lines, write, positions));
    }
    free(groups.of_source);
    return sources;
}

/* ---- the rest ---- */

static void add_heap(cJSON *body, const struct lines *lines) {
    cJSON *heap = cJSON_AddObjectToObject(body, "heap");
    cJSON_AddNumberToObject(heap, "live", (double)lines->live);
    cJSON_AddNumberToObject(heap, "peak", (double)lines->peak);
    cJSON_AddNumberToObject(heap, "growth", (double)(int64_t)(lines->live - lines->live_before));
    cJSON_AddNumberToObject(heap, "debugger", (double)lines->debugger);
    if (lines->collector > 0) {
        cJSON_AddNumberToObject(heap, "collector", (double)lines->collector);
        cJSON_AddNumberToObject(heap, "uncounted", (double)lines_uncounted(lines));
    }
    if (lines->between) {
        cJSON_AddNumberToObject(heap, "before", (double)lines->live_before);
        cJSON_AddNumberToObject(heap, "after", (double)lines->live);
    }
}

void lines_json_add_stacks(cJSON *body, const struct lines *lines) {
    if (lines->stacks == 0)
        return;
    cJSON *stacks = cJSON_AddObjectToObject(body, "stacks");
    cJSON_AddStringToObject(stacks, "which", lines_stacks_word(lines));
    cJSON_AddNumberToObject(stacks, "mean", (double)lines->stacks);
    cJSON_AddNumberToObject(stacks, "samples", (double)lines->samples);
}

static bool is_empty(const struct lines_total *total) {
    return total->live == 0 && total->turnover.gone == 0;
}

cJSON *lines_json_kinds(const struct lines_total totals[FIGURES_KINDS], bool turnover) {
    cJSON *kinds = alloc_checked(cJSON_CreateObject());
    for (int i = 0; i < FIGURES_KINDS; i++) {
        const struct lines_total *total = &totals[i];
        if (is_empty(total))
            continue;
        cJSON *kind = cJSON_AddObjectToObject(kinds, lines_kind_name((enum figures_kind)i));
        cJSON_AddNumberToObject(kind, "live", (double)total->live);
        cJSON_AddNumberToObject(kind, "objects", (double)total->blocks);
        if (!turnover)
            continue;
        cJSON_AddNumberToObject(kind, "new", (double)total->turnover.born);
        cJSON_AddNumberToObject(kind, "survived", (double)total->turnover.survived);
        cJSON_AddNumberToObject(kind, "gone", (double)total->turnover.gone);
    }
    return kinds;
}

static cJSON *body_json(const struct lines *lines, cJSON *sources) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    add_heap(body, lines);
    lines_json_add_stacks(body, lines);
    cJSON_AddItemToObject(body, "columns", columns_json(lines));
    cJSON_AddItemToObject(body, "sources", sources);
    cJSON_AddItemToObject(body, "kinds", lines_json_kinds(lines->kinds, lines->turnover_known));
    cJSON_AddNumberToObject(body, "total", (double)lines->count);
    return body;
}

cJSON *lines_json(const struct lines *lines, const struct figures *figures, size_t first,
                  size_t count, const struct positions *positions) {
    return body_json(lines, sources_json(lines, figures, first, count, rows_json, positions));
}

cJSON *lines_json_together(const struct lines *lines, const struct figures *figures,
                           const struct positions *positions) {
    return body_json(lines,
                     sources_json(lines, figures, 0, lines->count, rows_json_together, positions));
}
