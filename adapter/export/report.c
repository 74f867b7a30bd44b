/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "escape.h"
#include "flushed.h"
#include "text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

char *report_source(const struct figures *figures, const struct lines_row *row) {
    const char *path = lines_path(figures, row);
    return path != NULL ? text_escape(path, strlen(path)) : lines_name(figures, row);
}

/* What stands behind all others. */
static const enum column_id *with_callees(const struct report *report) {
    return columns_for(report->lines->stacks != 0 ? COLUMNS_WITH_CALLEES_IN_REPORT : COLUMNS_NONE);
}

static int write_row(FILE *file, const struct report *report, const struct lines_row *row) {
    char *source = report_source(report->figures, row);
    if (source == NULL)
        return -ENOMEM;
    escape_csv(file, source);
    free(source);
    for (const enum column_id *id = columns_for(COLUMNS_IN_CSV); *id != COLUMN_NONE; id++)
        fprintf(file, ",%" PRId64, columns_table[*id].value(row));
    for (const enum column_id *id = with_callees(report); *id != COLUMN_NONE; id++)
        fprintf(file, ",%" PRId64, columns_table[*id].value(row));
    putc('\n', file);
    return 0;
}

int report_csv(FILE *file, const struct report *report) {
    fputs("source", file);
    for (const enum column_id *id = columns_for(COLUMNS_IN_CSV); *id != COLUMN_NONE; id++)
        fprintf(file, ",%s", columns_table[*id].name);
    for (const enum column_id *id = with_callees(report); *id != COLUMN_NONE; id++)
        fprintf(file, ",%s", columns_table[*id].name);
    putc('\n', file);
    for (size_t i = 0; i < report_count(report); i++) {
        int error = write_row(file, report, &report->lines->rows[i]);
        if (error != 0)
            return error;
    }
    return flushed(file);
}
