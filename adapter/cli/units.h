/* SPDX-License-Identifier: MIT */
/*
 * units: numbers for people, and from them. Not for files that programs read.
 *
 * One rule: below a million every digit ("184,000"); from there on three digits and a unit ("1.84
 * MB", "18.4 MB", "184 MB", "1.84 GB"), decimal, rounded. So no number is wider than seven columns.
 */
#ifndef LUAHEAT_CLI_UNITS_H
#define LUAHEAT_CLI_UNITS_H

#include <stdint.h>

enum { UNITS_ROOM = 32 }; /* bytes that hold any of these texts */

/* "184,000", "-1.84 MB" */
void units_bytes(char text[UNITS_ROOM], int64_t bytes);

/* "1,000", "1.84 M" */
void units_count(char text[UNITS_ROOM], uint64_t count);

/* Every digit, whatever its size: "12,345,678" */
void units_exact(char text[UNITS_ROOM], uint64_t number);

/* As units_bytes() and units_count(), but with its sign: "+184,000"; "0" */
void units_bytes_change(char text[UNITS_ROOM], int64_t bytes);
void units_count_change(char text[UNITS_ROOM], int64_t count);

/* Every digit of what may be negative: "-12,345,678" */
void units_exact_signed(char text[UNITS_ROOM], int64_t number);

/* Every digit and the sign: "+12,345,678"; "0" */
void units_exact_change(char text[UNITS_ROOM], int64_t number);

/* What a person writes for a size: a number, which may have decimals ("1.5MB"), and B, KB, MB, GB
   (powers of 1000) or KiB, MiB, GiB (powers of 1024), in capitals or not; bytes without one. What
   is less than a byte is dropped. 0, or -EINVAL. */
int units_parse_bytes(const char *text, int64_t *bytes);

/* A whole number of anything else, in digits. 0, or -EINVAL. */
int units_parse_count(const char *text, int64_t *count);

#endif
