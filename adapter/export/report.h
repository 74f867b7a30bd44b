/* SPDX-License-Identifier: MIT */
/*
 * report: a sorted reading of the figures, written out line by line, as JSON and CSV for programs
 * (for people: report/report_table.h). What the fields mean is the glossary of docs/figures.md.
 *
 * All return 0, -ENOMEM or the negative errno of writing.
 */
#ifndef LUAHEAT_ADAPTER_REPORT_H
#define LUAHEAT_ADAPTER_REPORT_H

#include "answers.h"
#include "lines.h"
#include "measured_settings.h"

#include <stddef.h>
#include <stdio.h>

struct report {
    const struct figures *figures;
    const struct lines *lines; /* sorted */
    enum column_id sort;       /* by what */
    size_t top;                /* the first so many rows; 0: all */
    struct measured_settings measuring;
    struct answers answers;
};

/* {"heap":{"live","peak","collector","uncounted"}, "stacks":{"which","mean","samples"},
   "left_out":rows that `top` leaves out, "lines":[...]}: a row an object, an object a line. A row
   of a file has its source line as "text", without the blanks around it, if the file can be read.
   Then "measurements":[...] (measured_json.h) and, if that was asked,
   "why":{"place":"FILE:LINE", "answer"}, the answer of luaheat/retainers or null, and "largest", an
   object with the answers of luaheat/largestTables and luaheat/equalStrings or null. */
int report_json(FILE *file, const struct report *report);

/* RFC 4180, but with LF. */
int report_csv(FILE *file, const struct report *report);

/* How many rows the first `top` are. */
static inline size_t report_count(const struct report *report) {
    size_t count = report->lines->count;
    return report->top > 0 && report->top < count ? report->top : count;
}

/* The row's source in full: an absolute path or a chunk's name, as valid UTF-8. The caller's to
   free(); NULL if memory is out. */
char *report_source(const struct figures *figures, const struct lines_row *row);

#endif
