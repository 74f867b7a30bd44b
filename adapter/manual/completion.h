/* SPDX-License-Identifier: MIT */
/*
 * completion: the manual as the tables that the completions of shells look into. Each becomes a
 * part of a file in that shell's language (completion.bash, completion.zsh, completion.fish), which
 * says what the table is.
 */
#ifndef LUAHEAT_MANUAL_COMPLETION_H
#define LUAHEAT_MANUAL_COMPLETION_H

#include "manual.h"

#include <stdio.h>

typedef void completion_function(FILE *file);

completion_function completion_bash, completion_zsh, completion_fish;

/* ---- what they share ---- */

/* luaheat itself first, then its commands; NULL behind the last. */
const struct manual_command *completion_command(size_t index);

/* "luaheat" of luaheat itself */
const char *completion_name(const struct manual_command *command);

/* "word_file": the name of the function, in all of the shells' files, for such values. */
const char *completion_kind(enum manual_kind kind);

/* Its words, with a blank in front of each. */
void completion_words(FILE *file, const struct manual_value *value);

/* Calls back for each option that there is, neither heading nor end. */
void completion_options(FILE *file, const struct manual_command *command,
                        void (*put)(FILE *file, const struct manual_command *command,
                                    const struct manual_option *option));

#endif
