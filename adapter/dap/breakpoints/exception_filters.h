/* SPDX-License-Identifier: MIT */
/*
 * exception_filters: setExceptionBreakpoints: the errors, and the figures (memory_filter.h), that
 * stop the program.
 */
#ifndef LUAHEAT_DAP_EXCEPTION_FILTERS_H
#define LUAHEAT_DAP_EXCEPTION_FILTERS_H

#include <cJSON.h>

/* Adds the filters to the capabilities. */
void exception_filters_add(cJSON *capabilities);

/* The arguments of setExceptionBreakpoints as the runtime wants them: with the condition of the
   filter "memory" read. The caller's to delete. */
cJSON *exception_filters_for_runtime(const cJSON *asked);

#endif
