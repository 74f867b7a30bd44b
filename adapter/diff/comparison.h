/* SPDX-License-Identifier: MIT */
/*
 * comparison: two recordings line by line.
 */
#ifndef LUAHEAT_DIFF_COMPARISON_H
#define LUAHEAT_DIFF_COMPARISON_H

#include "recording.h"

enum comparison_state {
    COMPARISON_SAME,  /* at the same number as before */
    COMPARISON_MOVED, /* the same text, at another number */
    COMPARISON_NEW,   /* had no figures before: not there, or it did not allocate */
    COMPARISON_GONE   /* has none any more */
};

/* One of the runs' place and figures of a line. */
struct comparison_side {
    const struct recorded_file *file; /* NULL: it has none */
    const struct recorded_line *line; /* NULL: it has none */
};

struct comparison_row {
    struct comparison_side before, after; /* at least one has a line */
};

struct comparison {
    const struct recording *before, *after;
    struct comparison_row *rows; /* of all lines, changed or not */
    size_t count;
    bool lacks[COLUMNS]; /* one of the recordings does, so it is not compared */
};

/* The recordings must stay. 0 or -ENOMEM; end with comparison_finish() either way. */
int comparison_make(struct comparison *comparison, const struct recording *before,
                    const struct recording *after);
void comparison_finish(struct comparison *comparison);

/* By the change of the column, descending; COLUMN_LINE: in source order. */
void comparison_sort(struct comparison *comparison, enum column_id figure);

enum comparison_state comparison_state(const struct comparison_row *row);

/* "same", "moved", "new", "gone" */
const char *comparison_state_name(enum comparison_state state);

/* Where the line is now, or was if it is gone. */
const struct comparison_side *comparison_place(const struct comparison_row *row);

/* Or is it one of the sites that are no line? */
bool comparison_is_line(const struct comparison_row *row);

/* Its file under the name that it has now, if it is still there. */
const struct recorded_file *comparison_file(const struct comparison_row *row);

/* 0 where there is no line. */
int64_t comparison_figure(const struct comparison_side *side, enum column_id figure);
int64_t comparison_change(const struct comparison_row *row, enum column_id figure);

/* Does any figure differ? */
bool comparison_changed(const struct comparison *comparison, const struct comparison_row *row);

#endif
