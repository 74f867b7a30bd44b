/* SPDX-License-Identifier: MIT */
#include "diff_report.h"

#include "csv.h"
#include "flushed.h"

#include <inttypes.h>

static void write_place(FILE *file, const struct comparison_side *side) {
    putc(',', file);
    if (side->line != NULL)
        csv_field(file, side->file->source);
    putc(',', file);
    if (side->line != NULL)
        fprintf(file, "%" PRIu32, side->line->line);
}

static void write_row(FILE *file, const struct comparison_row *row) {
    fputs(comparison_state_name(comparison_state(row)), file);
    write_place(file, &row->after);
    write_place(file, &row->before);
    for (const enum column_id *id = columns_for(COLUMNS_TO_COMPARE); *id != COLUMN_NONE; id++)
        fprintf(file, ",%" PRId64 ",%" PRId64 ",%" PRId64, comparison_figure(&row->before, *id),
                comparison_figure(&row->after, *id), comparison_change(row, *id));
    putc('\n', file);
}

int diff_csv(FILE *file, const struct diff_report *report) {
    fputs("state,source,line,source_before,line_before", file);
    for (const enum column_id *id = columns_for(COLUMNS_TO_COMPARE); *id != COLUMN_NONE; id++) {
        const char *name = columns_table[*id].name;
        fprintf(file, ",%s_before,%s_after,%s_change", name, name, name);
    }
    putc('\n', file);
    for (size_t i = 0; i < diff_count(report); i++)
        write_row(file, &report->comparison->rows[i]);
    return flushed(file);
}
