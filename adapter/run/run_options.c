/* SPDX-License-Identifier: MIT */
#include "run_options.h"

#include <getopt.h>
#include <stdint.h>
#include <string.h>

static const struct option long_options[] = {
    {"sort", required_argument, NULL, 's'},   {"top", required_argument, NULL, 't'},
    {"format", required_argument, NULL, 'f'}, {"output", required_argument, NULL, 'o'},
    {"limit", required_argument, NULL, 'l'},  {"measure", required_argument, NULL, 'm'},
    {"warmup", required_argument, NULL, 'w'}, {"fail-on-growth", required_argument, NULL, 'g'},
    {"collect", no_argument, NULL, 'c'},      {"export", required_argument, NULL, 'e'},
    {"help", no_argument, NULL, 'h'},         {0}};

static int add_measure(struct run_options *options, char *complaint) {
    if (options->measure_count == MEASURE_OPTION_MOST)
        return complain(complaint, "--measure can be given %d times, not more",
                        MEASURE_OPTION_MOST);
    int error = measure_option_parse(&options->measures[options->measure_count], optarg, complaint);
    options->measure_count += error == 0;
    return error;
}

static int add_export(struct run_options *options, char *complaint) {
    if (options->export_count == EXPORT_OPTION_MOST)
        return complain(complaint, "--export can be given %d times, not more", EXPORT_OPTION_MOST);
    int error = export_option_parse(&options->exports[options->export_count], optarg, complaint);
    options->export_count += error == 0;
    return error;
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
        return limits_add(&options->limits, optarg, complaint);
    case 'm':
        return add_measure(options, complaint);
    case 'w':
        if (words_number(optarg, &options->warmup) == 0)
            return 0;
        return complain(complaint, "--warmup takes a number of windows, not '%.60s'", optarg);
    case 'c':
        options->collect = true;
        return 0;
    case 'g':
        return limits_add_suspects(&options->limits, optarg, complaint);
    case 'e':
        return add_export(options, complaint);
    case 'o':
        options->output = optarg;
        return *optarg != '\0' ? 0 : complain(complaint, "-o takes the name of a file, or -");
    default:
        options->help = true;
        return 0;
    }
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
            return complain_option(complaint, "run", argv[at], option);
        int error = parse_option(options, option, complaint);
        if (error != 0)
            return error;
    }
}

static bool is_measured(const struct run_options *options, const char *name) {
    for (size_t i = 0; i < options->measure_count; i++)
        if (strcmp(options->measures[i].name, name) == 0)
            return true;
    return false;
}

/* What means nothing without the other. */
static int check_measuring(const struct run_options *options, char *complaint) {
    if (options->measure_count == 0 && options->warmup > 0)
        return complain(complaint, "--warmup goes with --measure");
    if (options->measure_count == 0 && options->collect)
        return complain(complaint, "--collect goes with --measure");
    for (size_t i = 0; i < options->limits.count; i++)
        if (options->limits.list[i].of_suspects &&
            !is_measured(options, options->limits.list[i].words))
            return complain(complaint, "--fail-on-growth %.150s: no --measure has that name",
                            options->limits.list[i].words);
    return 0;
}

int run_options_parse(struct run_options *options, int argc, char **argv,
                      char complaint[COMPLAINT_BYTES]) {
    const size_t not_given = SIZE_MAX;
    *options = (struct run_options){.sort = LINES_BY_GROWTH, .top = not_given};
    int error = parse_options(options, argc, argv, complaint);
    if (error != 0 || options->help)
        return error;
    if (optind >= argc)
        return complain(complaint,
                        "which script? Name it behind the options: luaheat run script.lua");
    error = check_measuring(options, complaint);
    if (error != 0)
        return error;
    if (options->top == not_given)
        options->top = options->format == WORDS_TABLE ? RUN_TABLE_ROWS : 0;
    options->arguments = argv + optind;
    options->script = argv[optind];
    return 0;
}

void run_options_finish(struct run_options *options) {
    limits_finish(&options->limits);
    for (size_t i = 0; i < options->measure_count; i++)
        measure_option_finish(&options->measures[i]);
    options->measure_count = 0;
}
