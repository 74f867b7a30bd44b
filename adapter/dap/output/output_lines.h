/* SPDX-License-Identifier: MIT */
/*
 * output_lines: cuts what a program prints into pieces that can be shown: whole lines, valid UTF-8.
 * Does no input or output and knows no time; its owner decides when the start of a line has waited
 * enough.
 *
 * Bytes that are not UTF-8, and NUL, become \xNN; everything else (escape sequences too) stays.
 * Nothing is lost, added or reordered, and no UTF-8 sequence is cut. At most OUTPUT_LINES_BYTES
 * wait for their end.
 */
#ifndef LUAHEAT_DAP_OUTPUT_LINES_H
#define LUAHEAT_DAP_OUTPUT_LINES_H

#include "array.h"

#include <stdbool.h>
#include <stddef.h>

#define OUTPUT_LINES_BYTES 65536

/* Start with {0}. */
struct output_lines {
    ARRAY(char) bytes; /* the start of a line */
};

void output_lines_finish(struct output_lines *lines);

/* These return text to show, the caller's to free(), or NULL if there is none yet. */

/* Adds bytes; returns all lines that are complete now, or long enough to be shown in pieces. */
char *output_lines_feed(struct output_lines *lines, const char *bytes, size_t size);

/* Returns the start of a line too. `final`: nothing follows, so a cut sequence is not waited for.
 */
char *output_lines_flush(struct output_lines *lines, bool final);

#endif
