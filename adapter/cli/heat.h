/* SPDX-License-Identifier: MIT */
/*
 * heat: how hot a line is among others, in few steps, and how a terminal shows it: by colour and by
 * a shape that tells the same without colour.
 */
#ifndef LUAHEAT_CLI_HEAT_H
#define LUAHEAT_CLI_HEAT_H

#include <stdint.h>

enum { HEAT_LEVELS = 5 };

/* 1..HEAT_LEVELS; 0 for nothing. Logarithmic: each level holds figures up to four times those of
   the one below, and the hottest ends at max. */
int heat_level(int64_t value, int64_t max);

/* One column of UTF-8. */
const char *heat_shape(int level);

/* Parameters of an SGR escape sequence ("38;5;196"); "" for level 0. */
const char *heat_colour(int level);

#endif
