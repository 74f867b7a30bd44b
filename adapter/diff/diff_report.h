/* SPDX-License-Identifier: MIT */
/*
 * diff_report: a sorted comparison, written out. A table for people, JSON and CSV for programs.
 *
 * All return 0, -ENOMEM or the negative errno of writing.
 */
#ifndef LUAHEAT_DIFF_REPORT_H
#define LUAHEAT_DIFF_REPORT_H

#include "comparison.h"
#include "screen.h"

#include <stdio.h>

struct diff_report {
    const struct comparison *comparison; /* sorted */
    enum column_id sort;                 /* by what */
    size_t top;                          /* the first so many rows; 0: all */
};

/* Lines that changed, then the other sites that did, then the heap. `top` counts lines only. */
int diff_table(FILE *file, const struct diff_report *report, const struct screen *screen);

/* {"heap":{"live":{"before","after","change"},"peak":{...}}, "left_out":rows that `top` leaves out,
   "lines":[{"state","source","line","text"?,"was"?:{"source","line"},"growth":{"before","after",
   "change"},...}]}: changed or not, an object a line. */
int diff_json(FILE *file, const struct diff_report *report);

/* The same rows: state,source,line,source_before,line_before, then before, after and change of each
   figure. */
int diff_csv(FILE *file, const struct diff_report *report);

/* How many rows the first `top` are. */
static inline size_t diff_count(const struct diff_report *report) {
    size_t count = report->comparison->count;
    return report->top > 0 && report->top < count ? report->top : count;
}

#endif
