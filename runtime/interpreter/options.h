/* SPDX-License-Identifier: MIT */
/*
 * options: the command line of luaheat-lua, which is that of lua5.4 but for the interactive mode
 * (and LINK_CODE_LINES, which main answers itself).
 */
#ifndef LUAHEAT_INTERPRETER_OPTIONS_H
#define LUAHEAT_INTERPRETER_OPTIONS_H

#include <stdbool.h>

/* Indices are into argv. */
struct options {
    int script;               /* the script's name; 0: there is none */
    int end;                  /* options end before this index */
    int bad;                  /* the argument that is no option, 0: none */
    bool executes;            /* -e */
    bool version;             /* -v */
    bool interactive;         /* -i, which we do not have */
    bool ignores_environment; /* -E */
};

struct options options_parse(char *const *argv);

void options_print_usage(const char *program, const char *bad_option);

#endif
