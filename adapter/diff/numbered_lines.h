/* SPDX-License-Identifier: MIT */
/*
 * numbered_lines: the lines of two files that have text, as small numbers: equal texts, equal
 * numbers. So they are compared often at little cost.
 */
#ifndef LUAHEAT_DIFF_NUMBERED_LINES_H
#define LUAHEAT_DIFF_NUMBERED_LINES_H

#include "recording.h"

struct numbered_lines {
    size_t *texts; /* the number of each */
    size_t *lines; /* which line of the file it is */
    size_t count;
};

/* *texts: numbers are below it. 0 or -ENOMEM; end both with numbered_lines_finish() either way. */
int numbered_lines_read(struct numbered_lines *before, const struct recorded_file *before_file,
                        struct numbered_lines *after, const struct recorded_file *after_file,
                        size_t *texts);
void numbered_lines_finish(struct numbered_lines *lines);

#endif
