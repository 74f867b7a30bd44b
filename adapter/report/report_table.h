/* SPDX-License-Identifier: MIT */
/*
 * report_table: a report (export/report.h) for people.
 *
 * All return 0, -ENOMEM or the negative errno of writing.
 */
#ifndef LUAHEAT_ADAPTER_REPORT_TABLE_H
#define LUAHEAT_ADAPTER_REPORT_TABLE_H

#include "report.h"
#include "screen.h"

#include <stdbool.h>

struct largest_strings;
struct largest_tables;

/* What measurements have found, source lines, the other sites below them, then the heap and what
   was measured. `top` counts source lines only. */
int report_table(FILE *file, const struct report *report, const struct screen *screen);

/* Lines in whose calls much happened, though they did little themselves: a paragraph, if there are
   any. */
int report_callees_table(FILE *file, const struct report *report, const struct screen *screen);

/* Is there anything that was measured? */
bool report_measured_any(const struct figures *figures);

/* What measurements have found, in a sentence each (export/finding.h), and an empty line. */
int report_findings(FILE *file, const struct figures *figures,
                    const struct measured_settings *settings, const struct screen *screen);

/* The same sentences, each with what speaks against its suspects. */
int report_suspects(FILE *file, const struct figures *figures,
                    const struct measured_settings *settings, const struct screen *screen);

/* What they have measured, and the suspects: a paragraph a measurement. */
int report_measured_table(FILE *file, const struct figures *figures,
                          const struct measured_settings *settings, const struct screen *screen);

/* Who holds what a line has allocated: a paragraph. */
int report_why(FILE *file, const struct why *why, const struct screen *screen);

/* What takes the room: two paragraphs; and each for itself, of now. */
int report_largest(FILE *file, const struct largest *largest, const struct screen *screen);
int report_largest_tables(FILE *file, const struct largest_tables *tables,
                          const struct screen *screen);
int report_largest_strings(FILE *file, const struct largest_strings *strings,
                           const struct screen *screen);

#endif
