/* SPDX-License-Identifier: MIT */
#include "lines_json.h"

#include "alloc.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static void add_keys(cJSON *array, enum columns_use use) {
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        cJSON_AddItemToArray(array, cJSON_CreateString(columns_table[*id].key));
}

static enum columns_use use_of(const struct lines *lines) {
    return lines->between ? COLUMNS_BETWEEN : COLUMNS_IN_LINES;
}

static cJSON *columns_json(const struct lines *lines) {
    cJSON *keys = alloc_checked(cJSON_CreateArray());
    add_keys(keys, use_of(lines));
    if (lines->turnover_known)
        add_keys(keys, COLUMNS_TURNOVER);
    return keys;
}

static void add_numbers(cJSON *array, enum columns_use use, const struct lines_row *row) {
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        cJSON_AddItemToArray(array, cJSON_CreateNumber((double)columns_table[*id].value(row)));
}

static cJSON *kinds_json(const struct lines *lines, const struct lines_row *row) {
    cJSON *kinds = alloc_checked(cJSON_CreateObject());
    for (int i = 0; i < FIGURES_KINDS; i++) {
        enum figures_kind kind = (enum figures_kind)i;
        const struct lines_row of_kind = lines_of_kind(row, kind);
        if (of_kind.allocations == 0 && of_kind.freed == 0 && of_kind.turnover.survived == 0)
            continue;
        cJSON *numbers = cJSON_AddArrayToObject(kinds, lines_kind_name(kind));
        add_numbers(numbers, COLUMNS_OF_KIND, &of_kind);
        if (lines->turnover_known)
            add_numbers(numbers, COLUMNS_TURNOVER, &of_kind);
    }
    return kinds;
}

static cJSON *cell_json(const struct lines *lines, const struct lines_row *row, enum column_id id,
                        const struct positions *positions) {
    if (id == COLUMN_KINDS)
        return kinds_json(lines, row);
    if (id == COLUMN_LINE)
        return cJSON_CreateNumber((double)positions_line_to_client(positions, row->line));
    return cJSON_CreateNumber((double)columns_table[id].value(row));
}

static cJSON *row_json(const struct lines *lines, const struct lines_row *row,
                       const struct positions *positions) {
    cJSON *json = alloc_checked(cJSON_CreateArray());
    for (const enum column_id *id = columns_for(use_of(lines)); *id != COLUMN_NONE; id++)
        cJSON_AddItemToArray(json, cell_json(lines, row, *id, positions));
    if (lines->turnover_known)
        add_numbers(json, COLUMNS_TURNOVER, row);
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
    cJSON_AddItemToObject(body, "kinds", lines_json_kinds(lines->kinds, lines->turnover_known));
    cJSON_AddNumberToObject(body, "total", (double)lines->count);
    return body;
}
