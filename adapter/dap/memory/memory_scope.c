/* SPDX-License-Identifier: MIT */
#include "memory_scope.h"

#include "alloc.h"
#include "callees.h"
#include "heat_span.h"
#include "link.h"
#include "measured_variables.h"
#include "memory_variable.h"
#include "program.h"
#include "quantity.h"

#include <inttypes.h>
#include <stdlib.h>

#define HOTTEST_LINES 10
#define CALLING_LINES 5

/* A reference is LINK_REFERENCES + stop * STOP_ROOM + part * PART_ROOM + n. The numbers of stops
   wrap, so late that nobody holds a reference from the stop that had the same. */
enum part {
    PART_SCOPE,    /* n: 0 */
    PART_LINE,     /* its site */
    PART_HELD,     /* by whom, what this site has allocated */
    PART_MEASURED, /* 0: the list of measurements; else one's index and 1 */
    PART_SINCE,    /* 0: the list of stops and snapshots; else one's id, as since_number() has it */
    PARTS
};
#define PART_ROOM ((int64_t)FIGURES_MAX_SITES)
#define STOP_ROOM (PARTS * PART_ROOM)
#define STOPS (LINK_REFERENCES / STOP_ROOM)

static int64_t scope_reference(const struct program *program) {
    return LINK_REFERENCES + (program->heat.stop % STOPS) * STOP_ROOM;
}

static int64_t reference_of(const struct program *program, enum part part, int64_t n) {
    return scope_reference(program) + part * PART_ROOM + n;
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

/* It has grown in so many allocations. */
static void add_line(const struct program *program, cJSON *list, const struct lines_row *row,
                     uint64_t count) {
    char *name = memory_variable_place(program, row);
    char *value =
        alloc_printed("%s in %s %s", quantity_change(row->growth).text, quantity_count(count).text,
                      count == 1 ? "allocation" : "allocations");
    memory_variable_add(list, name, value, reference_of(program, PART_LINE, row->site));
    free(name);
    free(value);
}

static void add_hottest(const struct program *program, cJSON *list, struct lines *lines) {
    lines_sort(lines, program->heat.copy.figures, COLUMN_GROWTH);
    for (size_t i = 0; i < lines->count && i < HOTTEST_LINES && lines->rows[i].growth > 0; i++)
        add_line(program, list, &lines->rows[i],
                 lines->rows[i].allocations -
                     snapshot_allocations(&program->heat.since, lines->rows[i].site));
}

static struct quantity quantity_of(const struct column *column, const struct lines_row *row) {
    int64_t value = column->value(row);
    if (column->unit == COLUMN_CHANGE)
        return quantity_change(value);
    return column->unit == COLUMN_COUNT ? quantity_count((uint64_t)value)
                                        : quantity_bytes((uint64_t)value);
}

/* "+1.2 MB", and what it may be wrong by. */
static char *with_error(const struct lines_row *row, const enum column_id *id) {
    const struct quantity figure = quantity_of(&columns_table[id[0]], row);
    const struct quantity error = quantity_of(&columns_table[id[1]], row);
    bool exact = columns_table[id[1]].value(row) == 0;
    return exact ? alloc_text(figure.text) : alloc_printed("%s ± %s", figure.text, error.text);
}

/* Is it known that the line's calls have made more than the line itself? */
static bool is_caller(const struct lines_row *row) {
    static const enum column_id error = COLUMN_GROWTH_WITH_CALLEES_ERROR;
    int64_t below = row->below.growth.bytes;
    return below > 0 && below >= row->growth && columns_table[error].value(row) < below;
}

/* Lines that have grown by what they called. */
static void add_callers(const struct program *program, cJSON *list, struct lines *lines) {
    static const enum column_id shown[] = {COLUMN_GROWTH_WITH_CALLEES,
                                           COLUMN_GROWTH_WITH_CALLEES_ERROR};
    lines_sort(lines, program->heat.copy.figures, COLUMN_GROWTH_WITH_CALLEES);
    for (size_t i = 0, told = 0; i < lines->count && told < CALLING_LINES; i++) {
        const struct lines_row *row = &lines->rows[i];
        if (!is_caller(row))
            continue;
        char *name = memory_variable_place(program, row), *value = with_error(row, shown);
        char *whole = alloc_printed("%s with callees", value);
        memory_variable_add(list, name, whole, reference_of(program, PART_LINE, row->site));
        free(whole);
        free(value);
        free(name);
        told++;
    }
}

/* ---- since a stop before the last ---- */

/* Not 0, and another for each that is kept. */
static int64_t since_number(const struct kept_snapshot *kept) {
    return 1 + kept->id % (PART_ROOM - 1);
}

static const struct kept_snapshot *find_since(const struct kept_snapshots *snapshots, int64_t n) {
    for (int i = 0; i < snapshots->count; i++)
        if (since_number(&snapshots->list[i]) == n)
            return &snapshots->list[i];
    return NULL;
}

/* The last one is this stop, from which nothing has happened yet. */
static int earlier_count(const struct kept_snapshots *snapshots) {
    return snapshots->count > 0 ? snapshots->count - 1 : 0;
}

/* The later ones first. */
static cJSON *since_list(const struct program *program) {
    const struct kept_snapshots *snapshots = &program->heat.snapshots;
    uint64_t live = program->heat.copy.figures->live;
    cJSON *list = alloc_checked(cJSON_CreateArray());
    for (int i = earlier_count(snapshots) - 1; i >= 0; i--) {
        const struct kept_snapshot *kept = &snapshots->list[i];
        char *name =
            kept->name != NULL
                ? alloc_printed("since %s", kept->name)
                : alloc_printed("since %s %u", kept->by_hand ? "snapshot" : "stop", kept->id);
        memory_variable_add(list, name, quantity_change((int64_t)(live - kept->snapshot.live)).text,
                            reference_of(program, PART_SINCE, since_number(kept)));
        free(name);
    }
    return list;
}

static void add_since(const struct program *program, cJSON *list) {
    int count = earlier_count(&program->heat.snapshots);
    if (count == 0)
        return;
    char *value = alloc_printed("%d", count);
    memory_variable_add(list, "since earlier stops", value, reference_of(program, PART_SINCE, 0));
    free(value);
}

/* NULL: it is not kept. */
static cJSON *since_variables(const struct program *program, int64_t n) {
    const struct kept_snapshot *kept = find_since(&program->heat.snapshots, n);
    struct lines lines;
    if (kept == NULL)
        return NULL;
    cJSON *list = alloc_checked(cJSON_CreateArray());
    heat_span_read(&program->heat, (struct heat_span){.since = kept->id}, &lines);
    lines_sort(&lines, program->heat.copy.figures, COLUMN_GROWTH);
    for (size_t i = 0; i < lines.count && i < HOTTEST_LINES && lines.rows[i].growth > 0; i++)
        add_line(program, list, &lines.rows[i], lines.rows[i].allocations);
    add_callers(program, list, &lines);
    lines_finish(&lines);
    return list;
}

static cJSON *scope_variables(const struct program *program, struct lines *lines) {
    cJSON *list = alloc_checked(cJSON_CreateArray());
    int64_t growth = 0;
    for (size_t i = 0; i < lines->count; i++)
        growth = lines_sum(growth, lines->rows[i].growth);
    memory_variable_add(list, "heap", quantity_bytes(lines->live).text, 0);
    if (lines->debugger > 0)
        memory_variable_add(list, "of it the debugger's", quantity_bytes(lines->debugger).text, 0);
    memory_variable_add(list, "peak", quantity_bytes(lines->peak).text, 0);
    if (lines->collector > 0 && lines_uncounted(lines) != 0)
        memory_variable_add(list, "beside Lua's own count",
                            quantity_change(lines_uncounted(lines)).text, 0);
    memory_variable_add(list,
                        program->heat.since.count > 0 ? "growth since the last stop"
                                                      : "growth since the start",
                        quantity_change(growth).text, 0);
    add_hottest(program, list, lines);
    add_callers(program, list, lines);
    if (measured_variables_any(program))
        memory_variable_add(list, "measurements", "", reference_of(program, PART_MEASURED, 0));
    add_since(program, list);
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
        memory_variable_add(list, lines_kind_name((enum figures_kind)i), value, 0);
        free(value);
    }
}

static void add_column(cJSON *list, const struct column *column, const struct lines_row *row) {
    memory_variable_add(list, column->label, quantity_of(column, row).text, 0);
}

static void add_with_callees(cJSON *list, const struct lines_row *row) {
    const enum column_id *id = columns_for(COLUMNS_WITH_CALLEES_IN_SCOPE);
    for (; *id != COLUMN_NONE; id += 2) {
        char *value = with_error(row, id);
        memory_variable_add(list, columns_table[*id].label, value, 0);
        free(value);
    }
}

/* NULL: no such line. */
static cJSON *line_variables(const struct program *program, const struct lines *lines,
                             int64_t site) {
    const struct lines_row *row = lines->rows;
    const struct lines_row *end = lines->rows + lines->count;
    while (row < end && row->site != site)
        row++;
    if (row == end)
        return NULL;
    cJSON *list = alloc_checked(cJSON_CreateArray());
    for (const enum column_id *id = columns_for(COLUMNS_IN_SCOPE); *id != COLUMN_NONE; id++)
        add_column(list, &columns_table[*id], row);
    if (lines->stacks != 0 && callees_exist(&row->callees))
        add_with_callees(list, row);
    add_kinds(list, row);
    if (row->live > 0 && row->line > 0)
        memory_variable_add(list, "held by", "", reference_of(program, PART_HELD, site));
    return list;
}

/* ---- who holds what a line has allocated ---- */

static double number_of(const cJSON *json, const char *name) {
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(json, name);
    return cJSON_IsNumber(number) ? number->valuedouble : 0;
}

static void add_shape(cJSON *list, const cJSON *shape) {
    uint64_t count = (uint64_t)number_of(shape, "count");
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(shape, "text");
    char *value = alloc_printed("%s in %s %s, retains %s",
                                quantity_bytes((uint64_t)number_of(shape, "bytes")).text,
                                quantity_count(count).text, count == 1 ? "object" : "objects",
                                quantity_bytes((uint64_t)number_of(shape, "retained")).text);
    memory_variable_add(list, cJSON_IsString(text) ? text->valuestring : "", value, 0);
    free(value);
}

/* What is not reached: garbage that has not been collected, and code. */
static void add_unreached(cJSON *list, const cJSON *answer) {
    double rest = number_of(answer, "live") - number_of(answer, "reached");
    if (rest > 0)
        memory_variable_add(list, "(not reached)", quantity_bytes((uint64_t)rest).text, 0);
}

static void show_holders(void *data, cJSON *body) {
    cJSON *list = alloc_checked(cJSON_CreateArray());
    const cJSON *shape, *shapes = cJSON_GetObjectItemCaseSensitive(body, "shapes");
    cJSON_ArrayForEach(shape, shapes) add_shape(list, shape);
    add_unreached(list, body);
    while (body->child != NULL)
        cJSON_Delete(cJSON_DetachItemViaPointer(body, body->child));
    cJSON_AddItemToObject(body, "variables", list);
}

static void ask_holders(struct request *request, int64_t site) {
    cJSON *arguments = alloc_checked(cJSON_CreateObject());
    cJSON *sites = cJSON_AddArrayToObject(arguments, "sites");
    cJSON_AddItemToArray(sites, alloc_checked(cJSON_CreateNumber((double)site)));
    program_ask(request, "luaheat/retainers", arguments, show_holders);
}

/* A page of it; count 0: all the rest. */
static void cut(cJSON *list, int64_t start, int64_t count) {
    int size = cJSON_GetArraySize(list);
    for (int64_t i = 0; i < start && list->child != NULL; i++, size--)
        cJSON_DeleteItemFromArray(list, 0);
    for (; count > 0 && size > count; size--)
        cJSON_DeleteItemFromArray(list, size - 1);
}

static cJSON *variables_of(const struct program *program, enum part part, int64_t n) {
    struct lines lines;
    cJSON *list = NULL;
    heat_map_read(&program->heat, &lines);
    switch (part) {
    case PART_SCOPE:
        list = n == 0 ? scope_variables(program, &lines) : NULL;
        break;
    case PART_LINE:
        list = line_variables(program, &lines, n);
        break;
    case PART_SINCE:
        list = n == 0 ? since_list(program) : since_variables(program, n);
        break;
    case PART_MEASURED:
        list = n == 0 ? measured_variables_list(program, reference_of(program, PART_MEASURED, 1))
                      : measured_variables_of(program, (size_t)n - 1);
        break;
    case PART_HELD:
    case PARTS:
        break;
    }
    lines_finish(&lines);
    return list;
}

void memory_scope_variables(struct request *request, int64_t reference, int64_t start,
                            int64_t count) {
    const struct program *program = request->program;
    int64_t index = reference - scope_reference(program);
    cJSON *list = NULL;
    if (program->heat.on && index >= 0 && index / PART_ROOM == PART_HELD) {
        ask_holders(request, index % PART_ROOM);
        return;
    }
    if (program->heat.on && index >= 0 && index < STOP_ROOM)
        list = variables_of(program, (enum part)(index / PART_ROOM), index % PART_ROOM);
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
