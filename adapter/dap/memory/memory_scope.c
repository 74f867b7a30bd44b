/* SPDX-License-Identifier: MIT */
#include "memory_scope.h"

#include "alloc.h"
#include "lines_json.h"
#include "link.h"
#include "program.h"
#include "quantity.h"

#include <inttypes.h>
#include <stdlib.h>

#define HOTTEST_LINES 10

/* A reference is LINK_REFERENCES + stop * STOP_ROOM + (0: the scope; else the line's site + 1). The
   numbers of stops wrap, so late that nobody holds a reference from the stop that had the same. */
#define STOP_ROOM (2 * (int64_t)FIGURES_MAX_SITES)
#define STOPS (LINK_REFERENCES / STOP_ROOM)

static int64_t scope_reference(const struct program *program) {
    return LINK_REFERENCES + (program->heat.stop % STOPS) * STOP_ROOM;
}

void memory_scope_append(void *data, cJSON *body) {
    const struct program *program = data;
    cJSON *scopes = cJSON_GetObjectItemCaseSensitive(body, "scopes");
    if (!program->heat.on || !cJSON_IsArray(scopes))
        return;
    cJSON *scope = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(scope, "name", "Memory");
    cJSON_AddNumberToObject(scope, "variablesReference", (double)scope_reference(program));
    cJSON_AddFalseToObject(scope, "expensive");
    cJSON_AddItemToArray(scopes, scope);
}

static void add_variable(cJSON *list, const char *name, const char *value, int64_t reference) {
    cJSON *variable = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(variable, "name", name);
    cJSON_AddStringToObject(variable, "value", value);
    cJSON_AddNumberToObject(variable, "variablesReference", (double)reference);
    cJSON_AddItemToArray(list, variable);
}

/* "file.lua:12", or "(startup)" */
static char *line_name(const struct program *program, const struct lines_row *row) {
    cJSON *source = lines_json_source(program->heat.copy.figures, row);
    const char *name = cJSON_GetObjectItemCaseSensitive(source, "name")->valuestring;
    int64_t line = positions_line_to_client(&program->owner->client->positions, row->line);
    char *text = row->line == 0 ? alloc_text(name) : alloc_printed("%s:%" PRId64, name, line);
    cJSON_Delete(source);
    return text;
}

static void add_line(const struct program *program, cJSON *list, const struct lines_row *row) {
    uint64_t count = row->allocations - snapshot_allocations(&program->heat.since, row->site);
    char *name = line_name(program, row);
    char *value =
        alloc_printed("%s in %s %s", quantity_change(row->growth).text, quantity_count(count).text,
                      count == 1 ? "allocation" : "allocations");
    add_variable(list, name, value, scope_reference(program) + 1 + row->site);
    free(name);
    free(value);
}

static void add_hottest(const struct program *program, cJSON *list, struct lines *lines) {
    lines_sort(lines, program->heat.copy.figures, COLUMN_GROWTH);
    for (size_t i = 0; i < lines->count && i < HOTTEST_LINES && lines->rows[i].growth > 0; i++)
        add_line(program, list, &lines->rows[i]);
}

static cJSON *scope_variables(const struct program *program, struct lines *lines) {
    cJSON *list = alloc_checked(cJSON_CreateArray());
    int64_t growth = 0;
    for (size_t i = 0; i < lines->count; i++)
        growth = lines_sum(growth, lines->rows[i].growth);
    add_variable(list, "heap", quantity_bytes(lines->live).text, 0);
    if (lines->debugger > 0)
        add_variable(list, "of it the debugger's", quantity_bytes(lines->debugger).text, 0);
    add_variable(list, "peak", quantity_bytes(lines->peak).text, 0);
    if (lines->collector > 0 && lines_uncounted(lines) != 0)
        add_variable(list, "beside Lua's own count", quantity_change(lines_uncounted(lines)).text,
                     0);
    add_variable(list,
                 program->heat.since.count > 0 ? "growth since the last stop"
                                               : "growth since the start",
                 quantity_change(growth).text, 0);
    add_hottest(program, list, lines);
    return list;
}

static void add_kinds(cJSON *list, const struct lines_row *row) {
    for (int i = 0; i < FIGURES_KINDS; i++) {
        const struct lines_kind *kind = &row->kinds[i];
        if (kind->allocations == 0)
            continue;
        char *value = alloc_printed("%s live: %s allocated in %s %s, %s freed",
                                    quantity_bytes(kind->allocated - kind->freed).text,
                                    quantity_bytes(kind->allocated).text,
                                    quantity_count(kind->allocations).text,
                                    kind->allocations == 1 ? "allocation" : "allocations",
                                    quantity_bytes(kind->freed).text);
        add_variable(list, lines_kind_name((enum figures_kind)i), value, 0);
        free(value);
    }
}

static struct quantity quantity_of(const struct column *column, const struct lines_row *row) {
    int64_t value = column->value(row);
    if (column->unit == COLUMN_CHANGE)
        return quantity_change(value);
    return column->unit == COLUMN_COUNT ? quantity_count((uint64_t)value)
                                        : quantity_bytes((uint64_t)value);
}

static void add_column(cJSON *list, const struct column *column, const struct lines_row *row) {
    add_variable(list, column->label, quantity_of(column, row).text, 0);
}

/* NULL: no such line. */
static cJSON *line_variables(const struct lines *lines, int64_t site) {
    const struct lines_row *row = lines->rows;
    const struct lines_row *end = lines->rows + lines->count;
    while (row < end && row->site != site)
        row++;
    if (row == end)
        return NULL;
    cJSON *list = alloc_checked(cJSON_CreateArray());
    for (const enum column_id *id = columns_for(COLUMNS_IN_SCOPE); *id != COLUMN_NONE; id++)
        add_column(list, &columns_table[*id], row);
    add_kinds(list, row);
    return list;
}

/* A page of it; count 0: all the rest. */
static void cut(cJSON *list, int64_t start, int64_t count) {
    int size = cJSON_GetArraySize(list);
    for (int64_t i = 0; i < start && list->child != NULL; i++, size--)
        cJSON_DeleteItemFromArray(list, 0);
    for (; count > 0 && size > count; size--)
        cJSON_DeleteItemFromArray(list, size - 1);
}

void memory_scope_variables(const struct request *request, int64_t reference, int64_t start,
                            int64_t count) {
    const struct program *program = request->program;
    int64_t index = reference - scope_reference(program);
    struct lines lines;
    heat_map_read(&program->heat, &lines);
    cJSON *list = NULL;
    if (index == 0 && program->heat.on)
        list = scope_variables(program, &lines);
    else if (index > 0 && index < STOP_ROOM)
        list = line_variables(&lines, index - 1);
    lines_finish(&lines);
    if (list == NULL) {
        client_refuse(request->client, &request->ticket, ERROR_STALE_REFERENCE, NULL,
                      "These figures belong to an earlier stop; ask for the scopes again");
        return;
    }
    cut(list, start, count);
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddItemToObject(body, "variables", list);
    client_respond(request->client, &request->ticket, body);
}
