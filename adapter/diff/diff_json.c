/* SPDX-License-Identifier: MIT */
#include "diff_report.h"

#include "flushed.h"

#include <cJSON.h>
#include <errno.h>
#include <inttypes.h>

/* As a JSON string. 0 or -ENOMEM. */
static int write_string(FILE *file, const char *text) {
    cJSON *string = cJSON_CreateString(text);
    char *json = string != NULL ? cJSON_PrintUnformatted(string) : NULL;
    cJSON_Delete(string);
    if (json == NULL)
        return -ENOMEM;
    fputs(json, file);
    cJSON_free(json);
    return 0;
}

static void write_change(FILE *file, const char *name, int64_t before, int64_t after) {
    fprintf(file, "\"%s\":{\"before\":%" PRId64 ",\"after\":%" PRId64 ",\"change\":%" PRId64 "}",
            name, before, after, after - before);
}

static int write_place(FILE *file, const struct comparison_side *side) {
    fputs("\"source\":", file);
    int error = write_string(file, side->file->source);
    fprintf(file, ",\"line\":%" PRIu32, side->line->line);
    return error;
}

static int write_text(FILE *file, const char *text) {
    if (text == NULL)
        return 0;
    fputs(",\"text\":", file);
    return write_string(file, text);
}

static int write_was(FILE *file, const struct comparison_side *before) {
    if (before->line == NULL)
        return 0;
    fputs(",\"was\":{", file);
    int error = write_place(file, before);
    putc('}', file);
    return error;
}

static int write_row(FILE *file, const struct comparison_row *row) {
    const struct comparison_side *place = comparison_place(row);
    fprintf(file, "{\"state\":\"%s\",", comparison_state_name(comparison_state(row)));
    int error = write_place(file, place);
    if (error == 0)
        error = write_text(file, place->line->text);
    if (error == 0)
        error = write_was(file, &row->before);
    for (int i = 0; i < FIGURES; i++) {
        enum figure figure = (enum figure)i;
        putc(',', file);
        write_change(file, figure_name(figure), comparison_figure(&row->before, figure),
                     comparison_figure(&row->after, figure));
    }
    putc('}', file);
    return error;
}

int diff_json(FILE *file, const struct diff_report *report) {
    const struct comparison *comparison = report->comparison;
    int error = 0;
    fputs("{\"heap\":{", file);
    write_change(file, "live", comparison->before->live, comparison->after->live);
    putc(',', file);
    write_change(file, "peak", comparison->before->peak, comparison->after->peak);
    fprintf(file, "},\"left_out\":%zu,\"lines\":[", comparison->count - diff_count(report));
    for (size_t i = 0; i < diff_count(report) && error == 0; i++) {
        fputs(i == 0 ? "\n" : ",\n", file);
        error = write_row(file, &comparison->rows[i]);
    }
    fputs("\n]}\n", file);
    return error != 0 ? error : flushed(file);
}
