/* SPDX-License-Identifier: MIT */
/*
 * report_measured: what measurements have found, written out behind a report (report.h).
 */
#ifndef LUAHEAT_ADAPTER_REPORT_MEASURED_H
#define LUAHEAT_ADAPTER_REPORT_MEASURED_H

#include "measured.h"

#include <stdio.h>

/* 0, -ENOMEM or the negative errno of writing. An array:
   [{"name", "windows", "open", "growth":{"last","min","median","max","trend"}, "allocated":{...},
     "freed":{...}, "retained":{...}, "judged",
     "lines":[{"source","line","growth":{...},"allocated":{...},"freed":{...},"retained":{...}}],
     "suspects":[{"source","line","retained":[...]}]}] */
int report_measured_json(FILE *file, const struct figures *figures,
                         const struct measured_settings *settings);

#endif
