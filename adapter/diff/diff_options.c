/* SPDX-License-Identifier: MIT */
#include "diff_options.h"

#include "options.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

static int add_file(struct diff_options *options, const char *name, char *complaint) {
    for (int i = 0; i < 2; i++)
        if (options->files[i] == NULL) {
            options->files[i] = name;
            return 0;
        }
    return complain(complaint, "two reports can be compared, not a third: '%.150s'", name);
}

/* Words and numbers are of the manual, and so good. */
static int take(void *into, int key, const char *value, char *complaint) {
    struct diff_options *options = into;
    switch (key) {
    case OPTIONS_WORD:
        return add_file(options, value, complaint);
    case 's':
        options->sort = columns_find(COLUMNS_TO_SORT, value, strlen(value));
        return 0;
    case 't':
        options->top = options_number(value);
        return 0;
    case 'f':
        options->format = (enum manual_format)options_word(manual_formats, value);
        return 0;
    case 'l':
        return diff_limits_add(&options->limits, value, complaint);
    default:
        options->help = true;
        return 1;
    }
}

static const struct options syntax = {&manual_diff, take};

int diff_options_parse(struct diff_options *options, int argc, char **argv,
                       char complaint[COMPLAINT_BYTES]) {
    const size_t not_given = SIZE_MAX;
    *options = (struct diff_options){.sort = COLUMN_GROWTH, .top = not_given};
    int next = options_parse(&syntax, options, argc, argv, complaint);
    if (next < 0 || options->help)
        return next < 0 ? next : 0;
    for (; next < argc; next++) /* behind "--" */
        if (add_file(options, argv[next], complaint) != 0)
            return -EINVAL;
    if (options->files[1] == NULL)
        return complain(complaint, "which two reports? luaheat diff before.json after.json");
    if (options->top == not_given)
        options->top = options->format == MANUAL_TABLE ? DIFF_TABLE_ROWS : 0;
    return 0;
}

void diff_options_finish(struct diff_options *options) {
    diff_limits_finish(&options->limits);
}
