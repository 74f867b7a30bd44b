/* SPDX-License-Identifier: MIT */
/*
 * destination: where a report goes, and whether people look at it there.
 *
 * It is looked at before the script runs, so that a bad name costs no run, but a file stays as it
 * is until the report is whole, which then takes its place (replacement.h). What is no regular file
 * is written as it is.
 */
#ifndef LUAHEAT_CLI_DESTINATION_H
#define LUAHEAT_CLI_DESTINATION_H

#include "replacement.h"
#include "screen.h"

#include <stdbool.h>
#include <stdio.h>

struct destination {
    FILE *file;   /* of a file that will be replaced: from destination_begin() on */
    char *place;  /* its path; NULL: it is another kind */
    bool empties; /* a file that cannot be replaced: its old content gives way */
    struct replacement replacement;
};

/* output: a file's name, "-" for standard output, NULL for standard error. The file that one of
   these streams already goes to is that stream. 0, or a negative errno: -EEXIST if it is the script
   itself. */
int destination_open(struct destination *destination, const char *output, const char *script);

/* Is it a terminal, how wide, with colours (NO_COLOR and TERM count). cwd stays the caller's. */
struct screen destination_screen(const struct destination *destination, const char *cwd);

/* The report comes: makes room for it, ends a line the script may have left open on a terminal. 0
   or a negative errno. */
int destination_begin(struct destination *destination);

/* It has come, with this error; 0: whole. The error, or what closing and putting it in its place
   says: then an older file stays. After destination_begin() was 0. */
int destination_finish(struct destination *destination, int error);

/* What can be done about an error of writing, in words. */
const char *destination_advice(int error);

/* Not opened (all zero) is fine. */
void destination_close(struct destination *destination);

#endif
