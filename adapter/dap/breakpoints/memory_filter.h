/* SPDX-License-Identifier: MIT */
/*
 * memory_filter: the exception filter "memory", whose condition says above which figures the
 * program stops: "heap > 64MB", "growth > 1MB or line >= 100KB or allocation > 10KB".
 */
#ifndef LUAHEAT_DAP_MEMORY_FILTER_H
#define LUAHEAT_DAP_MEMORY_FILTER_H

#include <cJSON.h>

#define MEMORY_FILTER "memory"

/* What the runtime is told of an option of this filter (link.h): the option, with "above" or
   "problem". condition: NULL or blank is a problem. The caller's to delete. */
cJSON *memory_filter_option(const char *condition);

#endif
