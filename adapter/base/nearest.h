/* SPDX-License-Identifier: MIT */
/*
 * nearest: which word somebody may have meant.
 */
#ifndef LUAHEAT_BASE_NEAREST_H
#define LUAHEAT_BASE_NEAREST_H

#include <stddef.h>

/* The word that is written like this one but for a few letters (fewer than half of the longer),
   upper and lower case aside; the first of several. NULL: none is near, or this one is longer than
   any word. */
const char *nearest(const char *word, const char *const *words, size_t count);

#endif
