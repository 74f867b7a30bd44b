/* SPDX-License-Identifier: MIT */
/*
 * flushed: whether all that was written to a stream has arrived, and if not, why. stdio keeps the
 * reason only until the next call, and most of a report is written by calls that nobody looks at.
 */
#ifndef LUAHEAT_BASE_FLUSHED_H
#define LUAHEAT_BASE_FLUSHED_H

#include <stdio.h>

/* Flushes. 0, or a negative errno: then the file holds a part of it, and perhaps a byte more. */
int flushed(FILE *file);

#endif
