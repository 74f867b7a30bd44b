/* SPDX-License-Identifier: MIT */
/*
 * csv: RFC 4180, but with LF, and a text that a spreadsheet would take for a formula has an
 * apostrophe in front (OWASP, CSV injection).
 */
#ifndef LUAHEAT_CLI_CSV_H
#define LUAHEAT_CLI_CSV_H

#include <stdio.h>

/* The text, quoted if it has to be. */
void csv_field(FILE *file, const char *text);

#endif
