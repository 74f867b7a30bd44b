/* SPDX-License-Identifier: MIT */
#include "run_options.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option long_options[] = {
    {"sort", required_argument, NULL, 's'},   {"top", required_argument, NULL, 't'},
    {"format", required_argument, NULL, 'f'}, {"output", required_argument, NULL, 'o'},
    {"help", no_argument, NULL, 'h'},         {0}};

__attribute__((format(printf, 2, 3))) static int complain(char *complaint, const char *format,
                                                          ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(complaint, RUN_COMPLAINT_BYTES, format, arguments);
    va_end(arguments);
    return -EINVAL;
}

static int parse_format(const char *word, enum run_format *format) {
    static const char *const words[] = {
        [RUN_TABLE] = "table", [RUN_JSON] = "json", [RUN_CSV] = "csv"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *format = (enum run_format)i;
            return 0;
        }
    return -EINVAL;
}

static int parse_top(const char *word, size_t *top) {
    char *end;
    errno = 0;
    unsigned long number = strtoul(word, &end, 10);
    if (*word < '0' || *word > '9' || *end != '\0' || errno != 0)
        return -EINVAL;
    *top = number;
    return 0;
}

static int parse_option(struct run_options *options, int option, char *complaint) {
    switch (option) {
    case 's':
        if (lines_sort_parse(optarg, &options->sort) == 0)
            return 0;
        return complain(complaint,
                        "cannot sort by '%.60s'; use --sort growth, allocated, freed, live, peak, "
                        "allocations or line",
                        optarg);
    case 't':
        if (parse_top(optarg, &options->top) == 0)
            return 0;
        return complain(complaint, "--top takes a number of lines (0 for all), not '%.60s'",
                        optarg);
    case 'f':
        if (parse_format(optarg, &options->format) == 0)
            return 0;
        return complain(complaint, "there is no format '%.60s'; use --format table, json or csv",
                        optarg);
    case 'o':
        options->output = optarg;
        return *optarg != '\0' ? 0 : complain(complaint, "-o takes the name of a file, or -");
    default:
        options->help = true;
        return 0;
    }
}

/* `word` is the argument that getopt stumbled over. */
static int complain_option(const char *word, int option, char *complaint) {
    if (option == ':')
        return complain(complaint, "option '%.60s' needs a value; see luaheat run --help", word);
    if (optopt != 0 && strncmp(word, "--", 2) == 0)
        return complain(complaint, "option '%.60s' takes no value", word);
    return complain(complaint, "no option '%.60s'; see luaheat run --help", word);
}

static int parse_options(struct run_options *options, int argc, char **argv, char *complaint) {
    optind = 0; /* glibc: start anew */
    opterr = 0;
    for (;;) {
        int at = optind > 0 ? optind : 1;
        int option = getopt_long(argc, argv, "+:o:h", long_options, NULL);
        if (option == -1 || options->help)
            return 0;
        if (option == '?' || option == ':')
            return complain_option(argv[at], option, complaint);
        int error = parse_option(options, option, complaint);
        if (error != 0)
            return error;
    }
}

int run_options_parse(struct run_options *options, int argc, char **argv,
                      char complaint[RUN_COMPLAINT_BYTES]) {
    const size_t not_given = SIZE_MAX;
    *options = (struct run_options){.sort = LINES_BY_GROWTH, .top = not_given};
    int error = parse_options(options, argc, argv, complaint);
    if (error != 0 || options->help)
        return error;
    if (optind >= argc)
        return complain(complaint,
                        "which script? Name it behind the options: luaheat run script.lua");
    if (options->top == not_given)
        options->top = options->format == RUN_TABLE ? RUN_TABLE_ROWS : 0;
    options->arguments = argv + optind;
    options->script = argv[optind];
    return 0;
}
