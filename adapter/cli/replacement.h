/* SPDX-License-Identifier: MIT */
/*
 * replacement: a file that takes the place of another once it is whole. It is written beside it, so
 * that whoever reads the place finds the old file or the new one, and a disk that is full costs
 * nobody anything.
 */
#ifndef LUAHEAT_CLI_REPLACEMENT_H
#define LUAHEAT_CLI_REPLACEMENT_H

#include <stdio.h>

/* All zero: none. */
struct replacement {
    FILE *file;
    char *place, *beside;
};

/* Can one be written beside the place? 0 or a negative errno. Nothing is left there. */
int replacement_try(const char *place);

/* Opens one. The place is that of a regular file, or nothing is there. 0 or a negative errno. */
int replacement_open(struct replacement *replacement, const char *place);

/* It is whole: puts it in its place, with the rights of what was there. 0, or a negative errno and
   what was there stays. `bytes`: its size; may be NULL. */
int replacement_finish(struct replacement *replacement, long long *bytes);

/* It will not be; all zero is fine. */
void replacement_discard(struct replacement *replacement);

#endif
