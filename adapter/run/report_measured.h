/* SPDX-License-Identifier: MIT */
/*
 * report_measured: what measurements have found, written out behind a report (report.h).
 *
 * All return 0, -ENOMEM or the negative errno of writing.
 */
#ifndef LUAHEAT_ADAPTER_REPORT_MEASURED_H
#define LUAHEAT_ADAPTER_REPORT_MEASURED_H

#include "measured.h"
#include "report.h"

/* For people: a paragraph a measurement. */
int report_measured_table(FILE *file, const struct figures *figures,
                          const struct measured_settings *settings, const struct screen *screen);

/* An array:
   [{"name", "windows", "open", "growth":{"last","min","median","max","trend"}, "allocated":{...},
     "freed":{...}, "retained":{...}, "judged",
     "lines":[{"source","line","growth":{...},"allocated":{...},"freed":{...},"retained":{...}}],
     "suspects":[{"source","line","retained":[...]}]}] */
int report_measured_json(FILE *file, const struct figures *figures,
                         const struct measured_settings *settings);

#endif
