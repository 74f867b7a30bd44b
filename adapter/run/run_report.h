/* SPDX-License-Identifier: MIT */
/*
 * run_report: what is written of a run: its report and its exports. Where they go is looked at
 * before the script runs (destination.h), they are written once it is over.
 */
#ifndef LUAHEAT_ADAPTER_RUN_REPORT_H
#define LUAHEAT_ADAPTER_RUN_REPORT_H

#include "destination.h"
#include "run_options.h"

#include <stdbool.h>

/* All zero: nothing is open. */
struct run_report {
    struct destination report;
    struct destination exports[RUN_EXPORTS]; /* by options.exports */
    struct answers answers;
};

/* false: one cannot be written, which has been said. Close it either way. */
bool run_report_open(struct run_report *report, const struct run_options *options);
void run_report_close(struct run_report *report);

/* Writes all of them, whatever becomes of one, and judges the options' limits; false: something
   that was asked for could not be written, which has been said. Nothing is judged then if memory
   was out. */
bool run_report_write(struct run_report *report, const struct run_options *options,
                      const struct figures *figures, enum run_limits_verdict *verdict);

#endif
