/* SPDX-License-Identifier: MIT */
/*
 * help: a command's entry in the manual, laid out for a terminal.
 */
#ifndef LUAHEAT_MANUAL_HELP_H
#define LUAHEAT_MANUAL_HELP_H

#include "manual.h"

#include <stdio.h>

enum { HELP_COLUMNS = 100 };

/* No line is longer than so many columns, where words allow it. 0 or the negative errno of
   writing. */
int help_write(FILE *file, const struct manual_command *command, size_t columns);

/* On standard output, as wide as the terminal if that is narrower than HELP_COLUMNS. The exit
   code. */
int help_show(const struct manual_command *command);

#endif
