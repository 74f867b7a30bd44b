/* SPDX-License-Identifier: MIT */
#include "handmade_recording.h"

#include <stdlib.h>
#include <string.h>

enum { FILES = 8, LINES = 64 };

struct recorded_file *handmade_file(struct recording *recording, const char *source) {
    if (recording->files == NULL)
        recording->files = calloc(FILES, sizeof *recording->files);
    struct recorded_file *file = &recording->files[recording->count++];
    file->source = strdup(source);
    file->lines = calloc(LINES, sizeof *file->lines);
    return file;
}

struct recorded_line *handmade_line(struct recorded_file *file, uint32_t line, const char *text,
                                    int64_t bytes) {
    struct recorded_line *made = &file->lines[file->count++];
    *made = (struct recorded_line){.line = line, .text = text != NULL ? strdup(text) : NULL};
    made->figures[COLUMN_GROWTH] = made->figures[COLUMN_LIVE] = bytes;
    made->figures[COLUMN_ALLOCATED] = made->figures[COLUMN_AT_PEAK] = bytes;
    made->figures[COLUMN_ALLOCATIONS] = 1;
    return made;
}
