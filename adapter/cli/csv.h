/* SPDX-License-Identifier: MIT */
/*
 * csv: RFC 4180, but with LF.
 */
#ifndef LUAHEAT_CLI_CSV_H
#define LUAHEAT_CLI_CSV_H

#include <stdio.h>

/* The text, quoted if it has to be. */
void csv_field(FILE *file, const char *text);

#endif
