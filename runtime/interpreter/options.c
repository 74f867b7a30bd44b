/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stdio.h>
#include <string.h>

/* One argument that starts with '-'. Returns how many it takes, 0 if it is no option. The letters
   and what they allow behind them are lua.c's. */
static int option(struct options *options, char *const *argv) {
    const char *text = argv[0];
    bool alone = text[2] == '\0';
    switch (text[1]) {
    case 'E':
        options->ignores_environment = true;
        return alone;
    case 'W':
        return alone;
    case 'i':
        options->interactive = options->version = true;
        return alone;
    case 'v':
        options->version = true;
        return alone;
    case 'e':
        options->executes = true; /* fall through */
    case 'l':
        if (!alone)
            return 1;
        return argv[1] != NULL && argv[1][0] != '-' ? 2 : 0;
    default:
        return 0;
    }
}

struct options options_parse(char *const *argv) {
    struct options options = {0};
    int i = 1;
    while (argv[0] != NULL && argv[i] != NULL && argv[i][0] == '-' && argv[i][1] != '\0') {
        if (strcmp(argv[i], "--") == 0) {
            options.end = i++;
            options.script = argv[i] != NULL ? i : 0;
            return options;
        }
        int taken = option(&options, argv + i);
        if (taken == 0) {
            options.bad = i;
            return options;
        }
        i += taken;
    }
    options.end = i;
    options.script = argv[0] != NULL && argv[i] != NULL ? i : 0;
    return options;
}

void options_print_usage(const char *program, const char *bad_option) {
    fprintf(stderr, "%s: ", program);
    if (bad_option[1] == 'e' || bad_option[1] == 'l')
        fprintf(stderr, "'%s' needs argument\n", bad_option);
    else
        fprintf(stderr, "unrecognized option '%s'\n", bad_option);
    fprintf(stderr,
            "usage: %s [options] [script [args]]\n"
            "Available options are:\n"
            "  -e stat   execute string 'stat'\n"
            "  -l mod    require library 'mod' into global 'mod'\n"
            "  -l g=mod  require library 'mod' into global 'g'\n"
            "  -v        show version information\n"
            "  -E        ignore environment variables\n"
            "  -W        turn warnings on\n"
            "  --        stop handling options\n"
            "  -         stop handling options and execute stdin\n",
            program);
}
