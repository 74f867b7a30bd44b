/* SPDX-License-Identifier: MIT */
/*
 * destination: where a report goes, and whether people look at it there.
 *
 * It is opened before the script runs, so that a bad name costs no run, but a file keeps its old
 * content until the report is there to replace it.
 */
#ifndef LUAHEAT_CLI_DESTINATION_H
#define LUAHEAT_CLI_DESTINATION_H

#include "screen.h"

#include <stdbool.h>
#include <stdio.h>

struct destination {
    FILE *file;
    bool replaces; /* a file of its own, whose old content gives way */
};

/* output: a file's name, "-" for standard output, NULL for standard error. The file that one of
   these streams already goes to is that stream. 0, or a negative errno: -EEXIST if it is the script
   itself. */
int destination_open(struct destination *destination, const char *output, const char *script);

/* Is it a terminal, how wide, with colours (NO_COLOR and TERM count). cwd stays the caller's. */
struct screen destination_screen(const struct destination *destination, const char *cwd);

/* Makes room for the report: empties a file, ends a line the script may have left open on a
 * terminal. */
int destination_begin(const struct destination *destination);

/* What fflush() and ferror() say of all that was written: 0 or a negative errno. */
int destination_flush(FILE *file);

/* Not opened (all zero) is fine. */
void destination_close(struct destination *destination);

#endif
