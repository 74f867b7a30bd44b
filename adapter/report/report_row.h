/* SPDX-License-Identifier: MIT */
/*
 * report_row: how a person is told which line a row is of, and what stands there.
 */
#ifndef LUAHEAT_ADAPTER_REPORT_ROW_H
#define LUAHEAT_ADAPTER_REPORT_ROW_H

#include "lines.h"
#include "screen.h"
#include "source_text.h"

#include <stdbool.h>

/* Or is it a pseudo-line? */
static inline bool report_row_is_line(const struct lines_row *row) {
    return row->site >= FIGURES_PSEUDO_SITES;
}

/* "src/main.lua:12" or "(startup)", as safe text. The caller's to free(); NULL if memory is out. */
char *report_row_place(const struct figures *figures, const struct lines_row *row,
                       const struct screen *screen);

/* The source line, or what the pseudo-line stands for. As report_row_place; "" if it is not known.
 */
char *report_row_text(const struct figures *figures, const struct lines_row *row,
                      struct source_text *sources);

#endif
