/* SPDX-License-Identifier: MIT */
#include "diff.h"

#include "destination.h"
#include "diff_options.h"
#include "diff_report.h"
#include "help.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, EXIT_LIMIT = 3 };

struct diff {
    struct diff_options options;
    struct recording before, after;
    struct comparison comparison;
    struct destination destination; /* standard output */
    struct screen screen;
};

static bool read_recordings(struct diff *diff) {
    char complaint[COMPLAINT_BYTES];
    int error = recording_read(&diff->before, diff->options.files[0], complaint);
    if (error == 0)
        error = recording_read(&diff->after, diff->options.files[1], complaint);
    if (error != 0)
        say("%s", complaint);
    return error == 0;
}

static bool has_column(const struct diff *diff, enum column_id column) {
    const struct recording *recordings[] = {&diff->before, &diff->after};
    for (int i = 0; i < 2; i++)
        if (recordings[i]->lacks[column]) {
            say("%.200s does not tell '%s': an older luaheat has written it",
                diff->options.files[i], columns_table[column].name);
            return false;
        }
    return true;
}

/* What is sorted by and limited is in both reports. */
static bool has_columns(const struct diff *diff) {
    const struct diff_limits *limits = &diff->options.limits;
    bool has = has_column(diff, diff->options.sort);
    for (size_t i = 0; i < limits->count && has; i++)
        has = has_column(diff, limits->items[i].column);
    return has;
}

static int write_report(const struct diff *diff) {
    const struct diff_report report = {&diff->comparison, diff->options.sort, diff->options.top};
    FILE *file = diff->destination.file;
    if (diff->options.format == MANUAL_JSON)
        return diff_json(file, &report);
    if (diff->options.format == MANUAL_CSV)
        return diff_csv(file, &report);
    return diff_table(file, &report, &diff->screen);
}

static int compare_and_write(struct diff *diff, const char *cwd) {
    int error = destination_open(&diff->destination, "-", NULL);
    if (error != 0)
        return error;
    diff->screen = destination_screen(&diff->destination, cwd);
    error = comparison_make(&diff->comparison, &diff->before, &diff->after);
    if (error != 0)
        return error;
    comparison_sort(&diff->comparison, diff->options.sort);
    return write_report(diff);
}

static int compare(struct diff *diff) {
    if (!read_recordings(diff) || !has_columns(diff))
        return EXIT_USAGE;
    char *cwd = getcwd(NULL, 0);
    int error = compare_and_write(diff, cwd), code = EXIT_SUCCESS;
    if (error != 0 && error != -EPIPE) { /* EPIPE: the reader has seen enough */
        say("cannot write the comparison: %s", strerror(-error));
        code = EXIT_USAGE;
    }
    if (diff_limits_judge(&diff->options.limits, &diff->comparison, &diff->screen, stderr) > 0)
        code = EXIT_LIMIT;
    free(cwd);
    return code;
}

static int diff_command(struct diff *diff) {
    signal(SIGPIPE, SIG_IGN);
    int code = compare(diff);
    comparison_finish(&diff->comparison);
    recording_finish(&diff->before);
    recording_finish(&diff->after);
    destination_close(&diff->destination);
    return code;
}

int diff_main(int argc, char **argv) {
    struct diff diff = {0};
    char complaint[COMPLAINT_BYTES];
    int code = EXIT_USAGE;
    if (diff_options_parse(&diff.options, argc, argv, complaint) != 0)
        say("%s", complaint);
    else
        code = diff.options.help ? help_show(&manual_diff) : diff_command(&diff);
    diff_options_finish(&diff.options);
    return code;
}
