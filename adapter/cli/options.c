/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <string.h>

/* Of an option that getopt_long() refused with ':' or '?'. word: the one it stumbled over. */
static int refuse(const struct options *options, const char *word, int option, char *complaint) {
    if (option == ':')
        return complain(complaint, "option '%.60s' needs a value; see luaheat %s --help", word,
                        options->command);
    if (optopt != 0 && strncmp(word, "--", 2) == 0)
        return complain(complaint, "option '%.60s' takes no value", word);
    return complain(complaint, "no option '%.60s'; see luaheat %s --help", word, options->command);
}

int options_parse(const struct options *options, void *into, int argc, char **argv,
                  char complaint[COMPLAINT_BYTES]) {
    optind = 0; /* glibc: start anew */
    opterr = 0;
    for (;;) {
        int at = optind > 0 ? optind : 1;
        int option = getopt_long(argc, argv, options->letters, options->words, NULL);
        if (option == -1)
            return optind;
        if (option == '?' || option == ':')
            return refuse(options, argv[at], option, complaint);
        int taken = options->take(into, option, optarg, complaint);
        if (taken != 0)
            return taken > 0 ? optind : taken;
    }
}

int options_top(size_t *top, const char *value, char *complaint) {
    if (words_number(value, top) == 0)
        return 0;
    return complain(complaint, "--top takes a number of lines (0 for all), not '%.60s'", value);
}

int options_format(enum words_format *format, const char *value, char *complaint) {
    if (words_format(value, format) == 0)
        return 0;
    return complain(complaint, "there is no format '%.60s'; use --format table, json or csv",
                    value);
}

int options_no_sort(const char *value, char *complaint) {
    return complain(complaint,
                    "cannot sort by '%.60s'; use --sort growth, allocated, freed, live, peak, "
                    "allocations or line",
                    value);
}
