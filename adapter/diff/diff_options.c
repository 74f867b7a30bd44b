/* SPDX-License-Identifier: MIT */
#include "diff_options.h"

#include "options.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

static const struct option long_options[] = {
    {"sort", required_argument, NULL, 's'},   {"top", required_argument, NULL, 't'},
    {"format", required_argument, NULL, 'f'}, {"limit", required_argument, NULL, 'l'},
    {"help", no_argument, NULL, 'h'},         {0}};

static int add_file(struct diff_options *options, const char *name, char *complaint) {
    for (int i = 0; i < 2; i++)
        if (options->files[i] == NULL) {
            options->files[i] = name;
            return 0;
        }
    return complain(complaint, "two reports can be compared, not a third: '%.150s'", name);
}

static int parse_sort(const char *word, enum figure *sort, char *complaint) {
    if (figure_parse(word, sort) == 0)
        return 0;
    if (strcmp(word, "line") != 0)
        return options_no_sort(word, complaint);
    *sort = FIGURES;
    return 0;
}

static int take(void *into, int option, const char *value, char *complaint) {
    struct diff_options *options = into;
    switch (option) {
    case OPTIONS_WORD:
        return add_file(options, value, complaint);
    case 's':
        return parse_sort(value, &options->sort, complaint);
    case 't':
        return options_top(&options->top, value, complaint);
    case 'f':
        return options_format(&options->format, value, complaint);
    case 'l':
        return rise_add(&options->limits, value, complaint);
    default:
        options->help = true;
        return 1;
    }
}

/* The minus in front: words come in their order, among the options. */
static const struct options syntax = {
    .command = "diff", .letters = "-:h", .words = long_options, .take = take};

int diff_options_parse(struct diff_options *options, int argc, char **argv,
                       char complaint[COMPLAINT_BYTES]) {
    const size_t not_given = SIZE_MAX;
    *options = (struct diff_options){.sort = FIGURE_GROWTH, .top = not_given};
    int next = options_parse(&syntax, options, argc, argv, complaint);
    if (next < 0 || options->help)
        return next < 0 ? next : 0;
    for (; next < argc; next++) /* behind "--" */
        if (add_file(options, argv[next], complaint) != 0)
            return -EINVAL;
    if (options->files[1] == NULL)
        return complain(complaint, "which two reports? luaheat diff before.json after.json");
    if (options->top == not_given)
        options->top = options->format == WORDS_TABLE ? DIFF_TABLE_ROWS : 0;
    return 0;
}

void diff_options_finish(struct diff_options *options) {
    rise_finish(&options->limits);
}
