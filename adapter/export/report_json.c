/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "flushed.h"
#include "json_numbers.h"
#include "report_measured.h"
#include "source_text.h"
#include "text.h"

#include <cJSON.h>
#include <errno.h>
#include <stdlib.h>

static const char *const kind_names[FIGURES_KINDS] = {
    [FIGURES_BUFFER] = "buffer",     [FIGURES_STRING] = "string",     [FIGURES_TABLE] = "table",
    [FIGURES_FUNCTION] = "function", [FIGURES_USERDATA] = "userdata", [FIGURES_THREAD] = "thread",
    [FIGURES_UPVALUE] = "upvalue",   [FIGURES_PROTO] = "proto",
};

static bool add_kind(cJSON *kinds, const char *name, const struct lines_kind *kind) {
    if (kind->allocations == 0)
        return true;
    cJSON *object = cJSON_AddObjectToObject(kinds, name);
    return object != NULL && json_add_number(object, "allocations", kind->allocations) &&
           json_add_number(object, "allocated", kind->allocated) &&
           json_add_number(object, "freed", kind->freed) &&
           json_add_number(object, "live", kind->allocated - kind->freed);
}

static bool add_kinds(cJSON *object, const struct lines_row *row) {
    cJSON *kinds = cJSON_AddObjectToObject(object, "kinds");
    if (kinds == NULL)
        return false;
    for (int i = 0; i < FIGURES_KINDS; i++)
        if (!add_kind(kinds, kind_names[i], &row->kinds[i]))
            return false;
    return true;
}

static bool add_text(cJSON *object, const struct report *report, const struct lines_row *row,
                     struct source_text *sources) {
    const char *path = lines_path(report->figures, row);
    size_t size;
    const char *bytes = path != NULL ? source_text_line(sources, path, row->line, &size) : NULL;
    if (bytes == NULL)
        return true;
    char *text = text_escape(bytes, size);
    bool added = text != NULL && cJSON_AddStringToObject(object, "text", text) != NULL;
    free(text);
    return added;
}

static bool fill_row(cJSON *object, const struct report *report, const struct lines_row *row,
                     struct source_text *sources) {
    char *source = report_source(report->figures, row);
    bool added = source != NULL && cJSON_AddStringToObject(object, "source", source) != NULL;
    free(source);
    return added && json_add_number(object, "line", row->line) &&
           add_text(object, report, row, sources) &&
           json_add_number(object, "allocations", row->allocations) &&
           json_add_number(object, "allocated", row->allocated) &&
           json_add_number(object, "freed", row->freed) &&
           json_add_number(object, "live", row->live) &&
           json_add_signed(object, "growth", row->growth) &&
           json_add_number(object, "at_peak", row->at_peak) && add_kinds(object, row);
}

static bool fill_heap(cJSON *object, const struct lines *lines) {
    return json_add_number(object, "live", lines->live) &&
           json_add_number(object, "peak", lines->peak) &&
           (lines->collector == 0 ||
            (json_add_number(object, "collector", lines->collector) &&
             json_add_signed(object, "uncounted", lines_uncounted(lines))));
}

/* Prints the object if it could be filled, and deletes it. */
static int write_object(FILE *file, cJSON *object, bool filled) {
    char *text = filled ? cJSON_PrintUnformatted(object) : NULL;
    cJSON_Delete(object);
    if (text == NULL)
        return -ENOMEM;
    fputs(text, file);
    cJSON_free(text);
    return 0;
}

static int write_heap(FILE *file, const struct lines *lines) {
    cJSON *object = cJSON_CreateObject();
    return write_object(file, object, object != NULL && fill_heap(object, lines));
}

static int write_row(FILE *file, const struct report *report, const struct lines_row *row,
                     struct source_text *sources) {
    cJSON *object = cJSON_CreateObject();
    return write_object(file, object, object != NULL && fill_row(object, report, row, sources));
}

/* Row by row, because all rows as one tree would take some hundred megabytes for a large program.
 */
int report_json(FILE *file, const struct report *report) {
    struct source_text sources = {0};
    fputs("{\"heap\":", file);
    int error = write_heap(file, report->lines);
    fprintf(file, ",\"left_out\":%zu,\"lines\":[", report->lines->count - report_count(report));
    for (size_t i = 0; i < report_count(report) && error == 0; i++) {
        fputs(i == 0 ? "\n" : ",\n", file);
        error = write_row(file, report, &report->lines->rows[i], &sources);
    }
    source_text_finish(&sources);
    fputs("\n],\"measurements\":", file);
    if (error == 0)
        error = report_measured_json(file, report->figures, &report->measuring);
    fputs("}\n", file);
    return error != 0 ? error : flushed(file);
}
