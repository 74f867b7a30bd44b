/* SPDX-License-Identifier: MIT */
#include "lines_json.h"

#include "alloc.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static cJSON *columns_json(const struct lines *lines) {
    static const char *const columns[] = {"line",   "allocations", "allocated", "freed",   "live",
                                          "growth", "atPeak",      "kinds",     "retained"};
    static const char *const between[] = {"line",   "allocations", "allocated", "freed",    "live",
                                          "growth", "kinds",       "new",       "survived", "gone"};
    enum { BETWEEN = sizeof between / sizeof *between, FATE = 3 };
    if (!lines->between)
        return cJSON_CreateStringArray(columns, sizeof columns / sizeof *columns);
    return cJSON_CreateStringArray(between, lines->fates ? BETWEEN : BETWEEN - FATE);
}

const char *lines_json_kind(enum figures_kind kind) {
    static const char *const names[FIGURES_KINDS] = {
        [FIGURES_BUFFER] = "buffer",     [FIGURES_STRING] = "string",
        [FIGURES_TABLE] = "table",       [FIGURES_FUNCTION] = "function",
        [FIGURES_USERDATA] = "userdata", [FIGURES_THREAD] = "thread",
        [FIGURES_UPVALUE] = "upvalue",   [FIGURES_PROTO] = "proto",
    };
    return names[kind];
}

static void add_number(cJSON *array, double number) {
    cJSON_AddItemToArray(array, cJSON_CreateNumber(number));
}

static void add_fate(cJSON *array, const struct lines_fate *fate) {
    add_number(array, (double)fate->born);
    add_number(array, (double)fate->survived);
    add_number(array, (double)fate->gone);
}

static cJSON *kinds_json(const struct lines *lines, const struct lines_row *row) {
    cJSON *kinds = alloc_checked(cJSON_CreateObject());
    for (int i = 0; i < FIGURES_KINDS; i++) {
        const struct lines_kind *kind = &row->kinds[i];
        if (kind->allocations == 0 && kind->freed == 0 && row->fates[i].survived == 0)
            continue;
        cJSON *numbers = cJSON_AddArrayToObject(kinds, lines_json_kind((enum figures_kind)i));
        add_number(numbers, (double)kind->allocations);
        add_number(numbers, (double)kind->allocated);
        add_number(numbers, (double)kind->freed);
        add_number(numbers, (double)(int64_t)(kind->allocated - kind->freed));
        if (lines->fates)
            add_fate(numbers, &row->fates[i]);
    }
    return kinds;
}

static cJSON *row_json(const struct lines *lines, const struct lines_row *row,
                       const struct positions *positions) {
    cJSON *json = alloc_checked(cJSON_CreateArray());
    add_number(json, (double)positions_line_to_client(positions, row->line));
    add_number(json, (double)row->allocations);
    add_number(json, (double)row->allocated);
    add_number(json, (double)row->freed);
    add_number(json, (double)row->live);
    add_number(json, (double)row->growth);
    if (!lines->between)
        add_number(json, (double)row->at_peak);
    cJSON_AddItemToArray(json, kinds_json(lines, row));
    if (!lines->between)
        add_number(json, (double)row->retained);
    if (lines->fates)
        add_fate(json, &row->fate);
    return json;
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

/* The array of rows for the row's source; groups[source] is where it is once it exists. */
static cJSON *group_of(cJSON **groups, cJSON *sources, const struct figures *figures,
                       const struct lines_row *row) {
    cJSON **group = &groups[lines_json_source_index(row)];
    if (*group == NULL) {
        cJSON *entry = alloc_checked(cJSON_CreateObject());
        cJSON_AddItemToObject(entry, "source", lines_json_source(figures, row));
        *group = cJSON_AddArrayToObject(entry, "rows");
        cJSON_AddItemToArray(sources, entry);
    }
    return *group;
}

static void add_heap(cJSON *body, const struct lines *lines) {
    cJSON *heap = cJSON_AddObjectToObject(body, "heap");
    cJSON_AddNumberToObject(heap, "live", (double)lines->live);
    cJSON_AddNumberToObject(heap, "peak", (double)lines->peak);
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

static bool is_empty(const struct lines_total *total) {
    return total->live == 0 && total->fate.gone == 0;
}

cJSON *lines_json_kinds(const struct lines_total totals[FIGURES_KINDS], bool fates) {
    cJSON *kinds = alloc_checked(cJSON_CreateObject());
    for (int i = 0; i < FIGURES_KINDS; i++) {
        const struct lines_total *total = &totals[i];
        if (is_empty(total))
            continue;
        cJSON *kind = cJSON_AddObjectToObject(kinds, lines_json_kind((enum figures_kind)i));
        cJSON_AddNumberToObject(kind, "live", (double)total->live);
        cJSON_AddNumberToObject(kind, "objects", (double)total->blocks);
        if (!fates)
            continue;
        cJSON_AddNumberToObject(kind, "new", (double)total->fate.born);
        cJSON_AddNumberToObject(kind, "survived", (double)total->fate.survived);
        cJSON_AddNumberToObject(kind, "gone", (double)total->fate.gone);
    }
    return kinds;
}

cJSON *lines_json(const struct lines *lines, const struct figures *figures, size_t first,
                  size_t count, const struct positions *positions) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    add_heap(body, lines);
    cJSON_AddItemToObject(body, "columns", columns_json(lines));
    cJSON *sources = cJSON_AddArrayToObject(body, "sources");
    cJSON **groups = alloc_zeroed(LINES_JSON_SOURCES, sizeof *groups);
    for (size_t i = first; i < lines->count && i - first < count; i++) {
        const struct lines_row *row = &lines->rows[i];
        cJSON_AddItemToArray(group_of(groups, sources, figures, row),
                             row_json(lines, row, positions));
    }
    free(groups);
    cJSON_AddItemToObject(body, "kinds", lines_json_kinds(lines->kinds, lines->fates));
    cJSON_AddNumberToObject(body, "total", (double)lines->count);
    return body;
}
