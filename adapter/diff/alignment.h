/* SPDX-License-Identifier: MIT */
/*
 * alignment: which line of a file is which line of another version of it. A patience diff (Bram
 * Cohen) over the texts of the lines that have figures: lines whose text is unique on both sides
 * are the anchors, what lies between two anchors is compared likewise, and what has no anchors by
 * its longest common subsequence (unless that would take more than some million steps). A line
 * whose text is unique in either file but that changed its place among the others is the same line,
 * too. Lines without text are matched by number.
 */
#ifndef LUAHEAT_DIFF_ALIGNMENT_H
#define LUAHEAT_DIFF_ALIGNMENT_H

#include "recording.h"

#define ALIGNMENT_NONE SIZE_MAX

/* partners[i] becomes the index in after->lines of line i of before->lines, or ALIGNMENT_NONE; the
   caller makes room for before->count. 0 or -ENOMEM. */
int alignment_find(const struct recorded_file *before, const struct recorded_file *after,
                   size_t *partners);

#endif
