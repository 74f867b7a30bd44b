/* SPDX-License-Identifier: MIT */
/*
 * escape: text where some characters mean something else: in CSV, in HTML, in a URL.
 */
#ifndef LUAHEAT_BASE_ESCAPE_H
#define LUAHEAT_BASE_ESCAPE_H

#include <stdio.h>

/* Writes a field of CSV (RFC 4180), quoted if it has to be. A text that a spreadsheet would take
   for a formula has an apostrophe in front (OWASP, CSV injection). */
void escape_csv(FILE *file, const char *text);

/* Writes an element's text, or an attribute's value between quotes. */
void escape_html(FILE *file, const char *text);

/* The address of a file, or of a line of it (RFC 8089): "file:///tmp/a%20b.lua#L12"; line 0: the
   file. The path is absolute and may have any bytes. The caller's to free(); NULL if memory is
   out. */
char *escape_file_url(const char *path, int line);

#endif
