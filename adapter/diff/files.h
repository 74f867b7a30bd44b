/* SPDX-License-Identifier: MIT */
/*
 * files: which file of one run is which of another. Those of one source are one; of the others,
 * which were run in different folders, those whose paths have the longest common ending. Where
 * several files could be meant, none is.
 */
#ifndef LUAHEAT_DIFF_FILES_H
#define LUAHEAT_DIFF_FILES_H

#include "recording.h"

#define FILES_NONE SIZE_MAX

/* partners[i] becomes the index in `after` of file i of `before`, or FILES_NONE. The caller makes
   room for before->count. 0 or -ENOMEM. */
int files_match(const struct recording *before, const struct recording *after, size_t *partners);

#endif
