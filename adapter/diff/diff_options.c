/* SPDX-License-Identifier: MIT */
#include "diff_options.h"

#include <getopt.h>
#include <string.h>

enum { FILE_NAME = 1 }; /* what getopt calls a word that is no option */

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
        return complain(complaint,
                        "cannot sort by '%.60s'; use --sort growth, allocated, freed, live, peak, "
                        "allocations or line",
                        word);
    *sort = FIGURES;
    return 0;
}

static int parse_option(struct diff_options *options, int option, char *complaint) {
    switch (option) {
    case FILE_NAME:
        return add_file(options, optarg, complaint);
    case 's':
        return parse_sort(optarg, &options->sort, complaint);
    case 't':
        if (words_number(optarg, &options->top) == 0)
            return 0;
        return complain(complaint, "--top takes a number of lines (0 for all), not '%.60s'",
                        optarg);
    case 'f':
        if (words_format(optarg, &options->format) == 0)
            return 0;
        return complain(complaint, "there is no format '%.60s'; use --format table, json or csv",
                        optarg);
    case 'l':
        return rise_add(&options->limits, optarg, complaint);
    default:
        options->help = true;
        return 0;
    }
}

/* The minus in front: words come in their order, so that argv[at] is the one that was looked at. */
static int parse_options(struct diff_options *options, int argc, char **argv, char *complaint) {
    optind = 0; /* glibc: start anew */
    opterr = 0;
    for (;;) {
        int at = optind > 0 ? optind : 1;
        int option = getopt_long(argc, argv, "-:h", long_options, NULL);
        if (option == -1 || options->help)
            return 0;
        if (option == '?' || option == ':')
            return complain_option(complaint, "diff", argv[at], option);
        int error = parse_option(options, option, complaint);
        if (error != 0)
            return error;
    }
}

int diff_options_parse(struct diff_options *options, int argc, char **argv,
                       char complaint[COMPLAINT_BYTES]) {
    const size_t not_given = SIZE_MAX;
    *options = (struct diff_options){.sort = FIGURE_GROWTH, .top = not_given};
    int error = parse_options(options, argc, argv, complaint);
    for (; error == 0 && !options->help && optind < argc; optind++) /* behind "--" */
        error = add_file(options, argv[optind], complaint);
    if (error != 0 || options->help)
        return error;
    if (options->files[1] == NULL)
        return complain(complaint, "which two reports? luaheat diff before.json after.json");
    if (options->top == not_given)
        options->top = options->format == WORDS_TABLE ? DIFF_TABLE_ROWS : 0;
    return 0;
}

void diff_options_finish(struct diff_options *options) {
    rise_finish(&options->limits);
}
