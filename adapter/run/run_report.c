/* SPDX-License-Identifier: MIT */
#include "run_report.h"

#include "complain.h"
#include "report_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct measured_settings measuring_of(const struct run_options *options) {
    return (struct measured_settings){options->warmup};
}

/* ---- where they go ---- */

static bool open_report(struct run_report *report, const struct run_options *options) {
    const char *output = options->output;
    int error = destination_open(&report->report, output, options->script);
    if (error == -EEXIST)
        say("-o %s would overwrite the script itself; name another file", output);
    else if (error != 0)
        say("cannot write the report to %s: %s", output == NULL ? "standard error" : output,
            strerror(-error));
    return error == 0;
}

static bool open_export(struct destination *destination, const char *file, const char *script) {
    int error = destination_open(destination, file, script);
    if (error != 0)
        say("cannot export to %.100s: %s", file,
            error == -EEXIST ? "that is the script itself" : strerror(-error));
    return error == 0;
}

bool run_report_open(struct run_report *report, const struct run_options *options) {
    bool opened = open_report(report, options);
    for (size_t i = 0; i < options->export_count && opened; i++)
        opened = open_export(&report->exports[i], options->exports[i].file, options->script);
    return opened;
}

void run_report_close(struct run_report *report) {
    destination_close(&report->report);
    for (size_t i = 0; i < RUN_EXPORTS; i++)
        destination_close(&report->exports[i]);
}

/* ---- the report ---- */

static int write_lines(const struct run_report *run_report, const struct run_options *options,
                       const struct report *report) {
    FILE *file = run_report->report.file;
    if (options->format == MANUAL_JSON)
        return report_json(file, report);
    if (options->format == MANUAL_CSV)
        return report_csv(file, report);
    char *cwd = getcwd(NULL, 0);
    struct screen screen = destination_screen(&run_report->report, cwd);
    int error = report_table(file, report, &screen);
    free(cwd);
    return error;
}

static int write_report(struct run_report *run_report, const struct run_options *options,
                        const struct figures *figures, const struct lines *lines) {
    const struct report report = {.figures = figures,
                                  .lines = lines,
                                  .sort = options->sort,
                                  .top = options->top,
                                  .measuring = measuring_of(options),
                                  .answers = run_report->answers};
    int error = destination_begin(&run_report->report);
    if (error != 0)
        return error;
    return destination_finish(&run_report->report, write_lines(run_report, options, &report));
}

static enum run_limits_verdict judge(const struct run_options *options,
                                     const struct figures *figures, const struct lines *lines) {
    const struct measured_settings measuring = measuring_of(options);
    const struct limit_run limited = {figures, lines, &measuring};
    return run_limits_judge(&options->limits, &limited, stderr);
}

static int write_and_judge(struct run_report *report, const struct run_options *options,
                           const struct figures *figures, enum run_limits_verdict *verdict) {
    struct lines lines;
    int error = lines_read(&lines, figures);
    if (error == 0) {
        lines_sort(&lines, figures, options->sort);
        error = write_report(report, options, figures, &lines);
        *verdict = judge(options, figures, &lines);
    }
    lines_finish(&lines);
    return error;
}

/* ---- exports ---- */

static int write_export(struct destination *destination, const struct export_option *option,
                        const struct figures *figures, const struct measured_settings *measuring,
                        const struct answers *answers) {
    int error = destination_begin(destination);
    if (error != 0)
        return error;
    error = export_write(option->format, destination->file, figures, measuring, answers);
    return destination_finish(destination, error);
}

static bool write_exports(struct run_report *report, const struct run_options *options,
                          const struct figures *figures) {
    const struct measured_settings measuring = measuring_of(options);
    bool written = true;
    for (size_t i = 0; i < options->export_count; i++) {
        const struct export_option *option = &options->exports[i];
        int error =
            write_export(&report->exports[i], option, figures, &measuring, &report->answers);
        if (error != 0 && error != -EPIPE) {
            say("cannot export to %s: %s; %s", option->file, strerror(-error),
                destination_advice(error));
            written = false;
        }
    }
    return written;
}

bool run_report_write(struct run_report *report, const struct run_options *options,
                      const struct figures *figures, enum run_limits_verdict *verdict) {
    int error = write_and_judge(report, options, figures, verdict);
    bool written = error == 0 || error == -EPIPE; /* EPIPE: the reader has seen enough */
    if (!written)
        say("cannot write the report: %s; %s", strerror(-error), destination_advice(error));
    return write_exports(report, options, figures) && written;
}
