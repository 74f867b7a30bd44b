/* SPDX-License-Identifier: MIT */
/*
 * units: numbers for people. Not for files that programs read.
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

#endif
