/* SPDX-License-Identifier: MIT */
/*
 * report_hottest: the lines that have grown most, as a small table for people who look at a program
 * that goes on.
 */
#ifndef LUAHEAT_ADAPTER_REPORT_HOTTEST_H
#define LUAHEAT_ADAPTER_REPORT_HOTTEST_H

#include "lines.h"
#include "screen.h"

#include <stdio.h>

/* The first `most` of the lines, which are sorted by growth, but no more than have grown, and how
   many more there are. 0 or -ENOMEM. */
int report_hottest(FILE *file, const struct figures *figures, const struct lines *lines,
                   size_t most, const struct screen *screen);

#endif
