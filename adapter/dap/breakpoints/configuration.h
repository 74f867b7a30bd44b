/* SPDX-License-Identifier: MIT */
/*
 * configuration: where the client wants its programs to stop, and to be measured: kept from the
 * moment it says so, for a program that starts later (replay.h). What is asked for with the program
 * is in program/launch_settings.h.
 */
#ifndef LUAHEAT_DAP_CONFIGURATION_H
#define LUAHEAT_DAP_CONFIGURATION_H

#include "breakpoint_table.h"

#include <cJSON.h>
#include <stdbool.h>

/* All zero: nothing is asked. */
struct configuration {
    bool complete;                       /* configurationDone has come: programs may run */
    struct breakpoint_table breakpoints; /* of lines, functions and data */
    cJSON *exception_filters;  /* the arguments of setExceptionBreakpoints; NULL: none came */
    cJSON *memory_breakpoints; /* as the runtime wants them: link.h; NULL: none came */
    cJSON *measurements;       /* a list, likewise, beside those of the launch */
};

void configuration_finish(struct configuration *configuration);

#endif
