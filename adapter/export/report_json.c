/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "flushed.h"
#include "json.h"
#include "largest.h"
#include "measured_json.h"
#include "source_text.h"
#include "text.h"
#include "why.h"

#include <stdlib.h>

struct writer {
    struct json json;
    const struct report *report;
    struct source_text sources;
};

static void write_heap(struct json *json, const struct lines *lines) {
    json_member_object(json, "heap");
    json_member_unsigned(json, "live", lines->live);
    json_member_unsigned(json, "peak", lines->peak);
    if (lines->collector > 0) {
        json_member_unsigned(json, "collector", lines->collector);
        json_member_signed(json, "uncounted", lines_uncounted(lines));
    }
    json_end_object(json);
}

/* What estimates are made of. */
static void write_stacks(struct json *json, const struct lines *lines) {
    if (lines->stacks == 0)
        return;
    json_member_object(json, "stacks");
    json_member_text(json, "which", lines_stacks_word(lines));
    json_member_unsigned(json, "mean", lines->stacks);
    json_member_unsigned(json, "samples", lines->samples);
    json_end_object(json);
}

/* ---- a line ---- */

static void write_numbers(struct json *json, enum columns_use use, const struct lines_row *row) {
    for (const enum column_id *id = columns_for(use); *id != COLUMN_NONE; id++)
        json_member_signed(json, columns_table[*id].name, columns_table[*id].value(row));
}

static void write_kinds(struct json *json, const struct lines_row *row) {
    struct lines_row of_kind = {0};
    json_member_object(json, "kinds");
    for (int i = 0; i < FIGURES_KINDS; i++) {
        enum figures_kind kind = (enum figures_kind)i;
        lines_of_kind(&of_kind, row, kind);
        if (of_kind.allocations == 0)
            continue;
        json_member_object(json, lines_kind_name(kind));
        write_numbers(json, COLUMNS_OF_KIND, &of_kind);
        json_end_object(json);
    }
    json_end_object(json);
}

static void write_place(struct json *json, const struct lines_row *row, const void *figures) {
    char *source = report_source(figures, row);
    json_member_text(json, "source", source);
    json_member_unsigned(json, "line", row->line);
    free(source);
}

static void write_text(struct writer *writer, const struct lines_row *row) {
    const char *path = lines_path(writer->report->figures, row);
    size_t size;
    const char *bytes =
        path != NULL ? source_text_line(&writer->sources, path, row->line, &size) : NULL;
    if (bytes == NULL)
        return;
    char *text = text_escape(bytes, size);
    json_member_text(&writer->json, "text", text);
    free(text);
}

static void write_line(struct writer *writer, const struct lines_row *row) {
    struct json *json = &writer->json;
    json_line(json);
    json_begin_object(json);
    write_place(json, row, writer->report->figures);
    write_text(writer, row);
    write_numbers(json, COLUMNS_IN_JSON, row);
    if (writer->report->lines->stacks != 0)
        write_numbers(json, COLUMNS_WITH_CALLEES_IN_REPORT, row);
    write_kinds(json, row);
    json_end_object(json);
}

static void write_lines(struct writer *writer) {
    json_member_array(&writer->json, "lines");
    for (size_t i = 0; i < report_count(writer->report); i++)
        write_line(writer, &writer->report->lines->rows[i]);
    json_line(&writer->json);
    json_end_array(&writer->json);
}

/* ---- measurements ---- */

static void write_measured(struct writer *writer, size_t index) {
    const struct report *report = writer->report;
    const struct measured_places places = {write_place, report->figures, report->figures};
    struct measured measured;
    int error = measured_read(&measured, report->figures, index, &report->measuring);
    json_line(&writer->json);
    if (error == 0)
        measured_json(&writer->json, &measured, SIZE_MAX, &places);
    else
        json_fail(&writer->json, error);
    measured_finish(&measured);
}

static void write_measurements(struct writer *writer) {
    json_member_array(&writer->json, "measurements");
    for (size_t i = 0; i < measured_count(writer->report->figures); i++)
        write_measured(writer, i);
    json_end_array(&writer->json);
}

static void write_why(struct json *json, const struct why *why) {
    json_member_object(json, "why");
    json_member_text(json, "place", why->place);
    json_name(json, "answer");
    json_raw(json, why->json != NULL ? why->json : "null");
    json_end_object(json);
}

static void write_largest(struct json *json, const struct largest *largest) {
    json_name(json, "largest");
    json_raw(json, largest->json != NULL ? largest->json : "null");
}

int report_json(FILE *file, const struct report *report) {
    struct writer writer = {.report = report};
    json_begin(&writer.json, file);
    json_begin_object(&writer.json);
    write_heap(&writer.json, report->lines);
    write_stacks(&writer.json, report->lines);
    json_member_unsigned(&writer.json, "left_out", report->lines->count - report_count(report));
    write_lines(&writer);
    write_measurements(&writer);
    if (report->answers.why != NULL)
        write_why(&writer.json, report->answers.why);
    if (report->answers.largest != NULL)
        write_largest(&writer.json, report->answers.largest);
    json_end_object(&writer.json);
    source_text_finish(&writer.sources);
    int error = json_finish(&writer.json);
    putc('\n', file);
    return error != 0 ? error : flushed(file);
}
