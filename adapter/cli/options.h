/* SPDX-License-Identifier: MIT */
/*
 * options: the command line of a command, word for word, by getopt_long; and the options that
 * several commands have. What is wrong becomes a complaint (complain.h) and -EINVAL.
 */
#ifndef LUAHEAT_CLI_OPTIONS_H
#define LUAHEAT_CLI_OPTIONS_H

#include "complain.h"
#include "words.h"

#include <getopt.h>
#include <stddef.h>

enum { OPTIONS_WORD = 1 }; /* what getopt_long calls a word that is no option */

struct options {
    const char *command; /* "run" */
    const char *letters; /* as getopt's: "+:o:h"; in order of appearance and with ':' in front */
    const struct option *words;
    /* One option, or a word: 0; 1: look at no more; -EINVAL. */
    int (*take)(void *options, int option, const char *value, char *complaint);
};

/* Takes all of them. The index of the first word behind, or -EINVAL. */
int options_parse(const struct options *options, void *into, int argc, char **argv,
                  char complaint[COMPLAINT_BYTES]);

/* --top and --format. 0 or -EINVAL. */
int options_top(size_t *top, const char *value, char *complaint);
int options_format(enum words_format *format, const char *value, char *complaint);

/* There is no such order of lines. -EINVAL. */
int options_no_sort(const char *value, char *complaint);

#endif
