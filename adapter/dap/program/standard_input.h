/* SPDX-License-Identifier: MIT */
/*
 * standard_input: what a program that has no terminal reads: nothing, a file, or a text that stands
 * in its configuration. The text, too, is a file, of memory: so neither the program nor we ever
 * wait, however much of it there is and whether or not anybody reads it.
 */
#ifndef LUAHEAT_DAP_STANDARD_INPUT_H
#define LUAHEAT_DAP_STANDARD_INPUT_H

#include "arguments.h"

/* All zero: there is none. */
struct standard_input {
    char *path; /* to be found from our own folder */
    char *text;
};

/* Reads `stdin`: the path of a file, {"file": PATH} or {"text": TEXT}. Paths count from cwd; NULL:
   our own folder. Finish it also if there is a problem (in arguments). */
void standard_input_read(struct standard_input *input, struct arguments *arguments,
                         const char *cwd);
void standard_input_finish(struct standard_input *input);

bool standard_input_is_given(const struct standard_input *input);

/* A descriptor of its beginning, the caller's to close, close-on-exec; or a negative errno. */
int standard_input_open(const struct standard_input *input);

#endif
