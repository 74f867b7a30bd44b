/* SPDX-License-Identifier: MIT */
#include "common.h"

const char *const common_formats[] = {"table", "json", "csv", NULL};

const char *const common_orders[] = {"growth", "allocated",   "freed", "live",
                                     "peak",   "allocations", "line",  NULL};
