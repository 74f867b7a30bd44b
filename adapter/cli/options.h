/* SPDX-License-Identifier: MIT */
/*
 * options: the command line of a command, word for word, by getopt_long. Which options there are
 * and what their values may be is what the manual says (manual.h). What is wrong becomes a
 * complaint (complain.h) and -EINVAL.
 */
#ifndef LUAHEAT_CLI_OPTIONS_H
#define LUAHEAT_CLI_OPTIONS_H

#include "complain.h"
#include "manual.h"

#include <stdbool.h>
#include <stdint.h>

enum { OPTIONS_WORD = 1 }; /* the key of a word that is no option */

enum { OPTIONS_LIST_BYTES = 256 };

struct options {
    const struct manual_command *command;
    /* One option, by its key, with a value that is of its kind, or a word: 0; 1: look at no more;
       -EINVAL. */
    int (*take)(void *options, int key, const char *value, char *complaint);
};

/* Of a value that is of its kind: its number, and which of the words (NULL-terminated) it is. */
size_t options_number(const char *value);
unsigned options_word(const char *const *words, const char *value);

/* The MOST of a --limit WHAT=MOST, all of it in `words`: a size, or if it counts a number. 0 or
   -EINVAL. */
int options_most(int64_t *most, const char *text, bool counts, const char *words, char *complaint);

/* "table, json or csv", of words that end with NULL; `last` stands before the last one. */
void options_list(char list[OPTIONS_LIST_BYTES], const char *const *words, const char *last);

/* Takes all options, in their order among the words; if what follows the operands is not ours,
   those in front of the first word only. argv[argc] is NULL. The index of the first word that was
   not taken, or -EINVAL. Not reentrant. */
int options_parse(const struct options *options, void *into, int argc, char **argv,
                  char complaint[COMPLAINT_BYTES]);

#endif
