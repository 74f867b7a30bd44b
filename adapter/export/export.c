/* SPDX-License-Identifier: MIT */
#include "export.h"

#include "flushed.h"
#include "report.h"

#include <errno.h>
#include <string.h>

static struct report report_of(const struct export *export) {
    return (struct report){.figures = export->figures,
                           .lines = &export->lines,
                           .sort = COLUMN_GROWTH,
                           .measuring = export->measuring,
                           .answers = export->answers};
}

int csv_write(FILE *file, const struct export *export) {
    struct report report = report_of(export);
    return report_csv(file, &report);
}

int json_write(FILE *file, const struct export *export) {
    struct report report = report_of(export);
    return report_json(file, &report);
}

#define ROW(name, extension, what) {#name, name##_write},

static const struct export_format formats[] = {EXPORT_FORMATS(ROW)};

const struct export_format *export_find(const char *name, size_t size) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strlen(formats[i].name) == size && memcmp(formats[i].name, name, size) == 0)
            return &formats[i];
    return NULL;
}

int export_write(const struct export_format *format, FILE *file, const struct figures *figures,
                 const struct measured_settings *measuring, const struct answers *answers) {
    struct export export = {.figures = figures};
    if (measuring != NULL)
        export.measuring = *measuring;
    if (answers != NULL)
        export.answers = *answers;
    int error = lines_read(&export.lines, figures);
    if (error == 0)
        error = sampled_read(&export.sampled, figures);
    if (error == 0) {
        lines_sort(&export.lines, figures, COLUMN_GROWTH);
        error = format->write(file, &export);
    }
    sampled_finish(&export.sampled);
    lines_finish(&export.lines);
    return error != 0 ? error : flushed(file);
}
