/* SPDX-License-Identifier: MIT */
/*
 * recording: what the JSON report of `luaheat run` says of a run: its heap, and its lines by file.
 * Figures are whole numbers, and so many that those of all lines together are below 2^53.
 */
#ifndef LUAHEAT_DIFF_RECORDING_H
#define LUAHEAT_DIFF_RECORDING_H

#include "columns.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct recorded_line {
    uint32_t line;            /* 1-based; 0: no line */
    char *text;               /* NULL: unknown */
    int64_t figures[COLUMNS]; /* of COLUMNS_TO_COMPARE */
};

/* "(startup)" and its like are files of one line 0. */
struct recorded_file {
    char *source;                /* an absolute path or a chunk's name */
    struct recorded_line *lines; /* ascending, each number once */
    size_t count;
};

struct recording {
    int64_t live, peak;          /* of the heap */
    struct recorded_file *files; /* sorted by source */
    size_t count;
    bool lacks[COLUMNS]; /* one that was added later, and that the report does not tell */
};

/* 0, or -EINVAL with a complaint (COMPLAINT_BYTES) that names the file; end with recording_finish()
   either way. */
int recording_read(struct recording *recording, const char *path, char *complaint);

/* The same of text that is there; name: what to call it in complaints. */
int recording_parse(struct recording *recording, const char *text, size_t size, const char *name,
                    char *complaint);

void recording_finish(struct recording *recording);

/* Is it one of the sites that are no line: (startup), (string table), ...? */
static inline bool recorded_is_pseudo(const struct recorded_file *file,
                                      const struct recorded_line *line) {
    return line->line == 0 && file->source[0] == '(';
}

#endif
