/* SPDX-License-Identifier: MIT */
/*
 * option_words: how a command and an option are written.
 */
#ifndef LUAHEAT_MANUAL_OPTION_WORDS_H
#define LUAHEAT_MANUAL_OPTION_WORDS_H

#include "manual.h"

enum { OPTION_WORDS_BYTES = 80 };

/* "luaheat run [options] script.lua [args]" */
void command_words(char words[OPTION_WORDS_BYTES], const struct manual_command *command);

/* "-o, --output FILE" */
void option_words(char words[OPTION_WORDS_BYTES], const struct manual_option *option);

/* Of its text what stands before the first ". ", ": ", "; " or " (", in bytes. */
size_t option_summary(const struct manual_option *option);

#endif
