/* SPDX-License-Identifier: MIT */
#include "diff_report.h"

#include "escape.h"
#include "flushed.h"
#include "json.h"

#include <inttypes.h>

/* ---- JSON ---- */

static void write_change(struct json *json, const char *name, int64_t before, int64_t after) {
    json_member_object(json, name);
    json_member_signed(json, "before", before);
    json_member_signed(json, "after", after);
    json_member_signed(json, "change", after - before);
    json_end_object(json);
}

static void write_heap(struct json *json, const struct comparison *comparison) {
    json_member_object(json, "heap");
    write_change(json, "live", comparison->before->live, comparison->after->live);
    write_change(json, "peak", comparison->before->peak, comparison->after->peak);
    json_end_object(json);
}

static void write_source(struct json *json, const struct comparison_side *side) {
    json_member_text(json, "source", side->file->source);
    json_member_unsigned(json, "line", side->line->line);
}

static void write_was(struct json *json, const struct comparison_side *before) {
    if (before->line == NULL)
        return;
    json_member_object(json, "was");
    write_source(json, before);
    json_end_object(json);
}

static void write_object(struct json *json, const struct comparison *comparison,
                         const struct comparison_row *row) {
    const struct comparison_side *place = comparison_place(row);
    json_line(json);
    json_begin_object(json);
    json_member_text(json, "state", comparison_state_name(comparison_state(row)));
    write_source(json, place);
    if (place->line->text != NULL)
        json_member_text(json, "text", place->line->text);
    write_was(json, &row->before);
    for (const enum column_id *id = columns_for(COLUMNS_TO_COMPARE); *id != COLUMN_NONE; id++)
        if (!comparison->lacks[*id])
            write_change(json, columns_table[*id].name, comparison_figure(&row->before, *id),
                         comparison_figure(&row->after, *id));
    json_end_object(json);
}

int diff_json(FILE *file, const struct diff_report *report) {
    const struct comparison *comparison = report->comparison;
    struct json json;
    json_begin(&json, file);
    json_begin_object(&json);
    write_heap(&json, comparison);
    json_member_unsigned(&json, "left_out", comparison->count - diff_count(report));
    json_member_array(&json, "lines");
    for (size_t i = 0; i < diff_count(report); i++)
        write_object(&json, comparison, &comparison->rows[i]);
    json_line(&json);
    json_end_array(&json);
    json_end_object(&json);
    int error = json_finish(&json);
    putc('\n', file);
    return error != 0 ? error : flushed(file);
}

/* ---- CSV ---- */

static void write_fields(FILE *file, const struct comparison_side *side) {
    putc(',', file);
    if (side->line != NULL)
        escape_csv(file, side->file->source);
    putc(',', file);
    if (side->line != NULL)
        fprintf(file, "%" PRIu32, side->line->line);
}

static void write_record(FILE *file, const struct comparison *comparison,
                         const struct comparison_row *row) {
    fputs(comparison_state_name(comparison_state(row)), file);
    write_fields(file, &row->after);
    write_fields(file, &row->before);
    for (const enum column_id *id = columns_for(COLUMNS_TO_COMPARE); *id != COLUMN_NONE; id++)
        if (!comparison->lacks[*id])
            fprintf(file, ",%" PRId64 ",%" PRId64 ",%" PRId64, comparison_figure(&row->before, *id),
                    comparison_figure(&row->after, *id), comparison_change(row, *id));
    putc('\n', file);
}

int diff_csv(FILE *file, const struct diff_report *report) {
    const struct comparison *comparison = report->comparison;
    fputs("state,source,line,source_before,line_before", file);
    for (const enum column_id *id = columns_for(COLUMNS_TO_COMPARE); *id != COLUMN_NONE; id++) {
        const char *name = columns_table[*id].name;
        if (!comparison->lacks[*id])
            fprintf(file, ",%s_before,%s_after,%s_change", name, name, name);
    }
    putc('\n', file);
    for (size_t i = 0; i < diff_count(report); i++)
        write_record(file, comparison, &comparison->rows[i]);
    return flushed(file);
}
