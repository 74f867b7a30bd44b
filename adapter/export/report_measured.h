/* SPDX-License-Identifier: MIT */
/*
 * report_measured: what measurements have found, written out behind a report (report.h).
 */
#ifndef LUAHEAT_ADAPTER_REPORT_MEASURED_H
#define LUAHEAT_ADAPTER_REPORT_MEASURED_H

#include "measured.h"

#include <stdio.h>

/* An array of them all (measured_json.h), sources as in the report. 0, -ENOMEM or the negative
   errno of writing. */
int report_measured_json(FILE *file, const struct figures *figures,
                         const struct measured_settings *settings);

#endif
