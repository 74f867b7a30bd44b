/* SPDX-License-Identifier: MIT */
/*
 * handmade_recording: what a report says, filled in by a test.
 */
#ifndef LUAHEAT_TESTS_HANDMADE_RECORDING_H
#define LUAHEAT_TESTS_HANDMADE_RECORDING_H

#include "recording.h"

/* A file of the recording, which keeps room for 8; to be added in the order of their sources. */
struct recorded_file *handmade_file(struct recording *recording, const char *source);

/* A line of a file, which keeps room for 64; in ascending order. Its bytes are growth, live,
   allocated and at peak, in one allocation. text: NULL: unknown. */
struct recorded_line *handmade_line(struct recorded_file *file, uint32_t line, const char *text,
                                    int64_t bytes);

#endif
